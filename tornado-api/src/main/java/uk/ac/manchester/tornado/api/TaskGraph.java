package uk.ac.manchester.tornado.api;

import java.io.Serializable;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task14;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task15;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task16;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task17;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task18;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task19;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task20;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/**
 * Records what is copied, run and kept, in order; {@link #snapshot} gives what an execution plan takes.
 *
 * <p>Nothing runs and no argument is read while a graph is recorded. Scalar arguments are frozen with it; what changes
 * from one execution to the next is passed in an array. All methods return this graph.
 *
 * <p>A graph is recorded by one thread. Bad input is refused with a {@link
 * uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException} that names graph and task.
 */
public class TaskGraph {
    private final GraphRecording recording;

    /**
     * @param name the graph's name, by which tasks are addressed in a {@link GridScheduler}: {@code name.task}
     */
    public TaskGraph(String name) {
        this.recording = new GraphRecording(name);
    }

    public String getTaskGraphName() {
        return recording.name();
    }

    /**
     * Copies host arrays to the device before the tasks that follow.
     *
     * @param mode one of {@link DataTransferMode}'s constants; {@code UNDER_DEMAND} is for the way back only
     */
    public TaskGraph transferToDevice(int mode, Object... objects) {
        recording.transferToDevice(mode, objects);
        return this;
    }

    /**
     * Copies device arrays back to the host after the tasks so far.
     *
     * @param mode {@link DataTransferMode#EVERY_EXECUTION}, or {@link DataTransferMode#UNDER_DEMAND} to wait for
     *     {@link TornadoExecutionResult#transferToHost}
     */
    public TaskGraph transferToHost(int mode, Object... objects) {
        recording.transferToHost(mode, objects);
        return this;
    }

    /** Keeps arrays on the device after this graph, for the graphs of the same plan that consume them. */
    public TaskGraph persistOnDevice(Object... objects) {
        recording.persist(objects);
        return this;
    }

    /** Uses arrays that the named graph of the same plan left on the device. */
    public TaskGraph consumeFromDevice(String uniqueTaskGraphName, Object... objects) {
        recording.consume(uniqueTaskGraphName, objects);
        return this;
    }

    /** Uses arrays that the graph executed last left on the device. */
    public TaskGraph consumeFromDevice(Object... objects) {
        recording.consumeFromLast(objects);
        return this;
    }

    /** {@return what was recorded so far; recording on does not change it} */
    public ImmutableTaskGraph snapshot() {
        return new ImmutableTaskGraph(recording.describe());
    }

    /** Runs a kernel without arguments. The other {@code task} methods are this one with one to twenty arguments. */
    public TaskGraph task(String id, Task code) {
        return record(id, code);
    }

    public <T1> TaskGraph task(String id, Task1<T1> code, T1 a) {
        return record(id, code, a);
    }

    public <T1, T2> TaskGraph task(String id, Task2<T1, T2> code, T1 a, T2 b) {
        return record(id, code, a, b);
    }

    public <T1, T2, T3> TaskGraph task(String id, Task3<T1, T2, T3> code, T1 a, T2 b, T3 c) {
        return record(id, code, a, b, c);
    }

    public <T1, T2, T3, T4> TaskGraph task(String id, Task4<T1, T2, T3, T4> code, T1 a, T2 b, T3 c, T4 d) {
        return record(id, code, a, b, c, d);
    }

    public <T1, T2, T3, T4, T5> TaskGraph task(
            String id, Task5<T1, T2, T3, T4, T5> code, T1 a, T2 b, T3 c, T4 d, T5 e) {
        return record(id, code, a, b, c, d, e);
    }

    public <T1, T2, T3, T4, T5, T6> TaskGraph task(
            String id, Task6<T1, T2, T3, T4, T5, T6> code, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f) {
        return record(id, code, a, b, c, d, e, f);
    }

    public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
            String id, Task7<T1, T2, T3, T4, T5, T6, T7> code, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g) {
        return record(id, code, a, b, c, d, e, f, g);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8> TaskGraph task(
            String id, Task8<T1, T2, T3, T4, T5, T6, T7, T8> code, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h) {
        return record(id, code, a, b, c, d, e, f, g, h);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9> TaskGraph task(
            String id,
            Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i) {
        return record(id, code, a, b, c, d, e, f, g, h, i);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> TaskGraph task(
            String id,
            Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> TaskGraph task(
            String id,
            Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> TaskGraph task(
            String id,
            Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> TaskGraph task(
            String id,
            Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> TaskGraph task(
            String id,
            Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> TaskGraph task(
            String id,
            Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> TaskGraph task(
            String id,
            Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o,
            T16 p) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> TaskGraph task(
            String id,
            Task17<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o,
            T16 p,
            T17 q) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18> TaskGraph task(
            String id,
            Task18<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o,
            T16 p,
            T17 q,
            T18 r) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19> TaskGraph task(
            String id,
            Task19<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o,
            T16 p,
            T17 q,
            T18 r,
            T19 s) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
    }

    public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20> TaskGraph task(
            String id,
            Task20<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20> code,
            T1 a,
            T2 b,
            T3 c,
            T4 d,
            T5 e,
            T6 f,
            T7 g,
            T8 h,
            T9 i,
            T10 j,
            T11 k,
            T12 l,
            T13 m,
            T14 n,
            T15 o,
            T16 p,
            T17 q,
            T18 r,
            T19 s,
            T20 t) {
        return record(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t);
    }

    private TaskGraph record(String id, Serializable code, Object... arguments) {
        recording.task(id, code, arguments);
        return this;
    }
}
