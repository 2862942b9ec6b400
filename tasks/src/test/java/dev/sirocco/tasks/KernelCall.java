package dev.sirocco.tasks;

import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task15;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task16;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;

/**
 * A kernel and its arguments, so that the same call can be made on any device.
 *
 * @param code      the method reference
 * @param arguments in the order of the kernel's parameters
 * @param adder     adds the call as a task of a given name to a graph
 */
public record KernelCall(Object code, Object[] arguments, BiConsumer<TaskGraph, String> adder) {

    /** Adds this call as a task. */
    public void addTo(TaskGraph graph, String task) {
        adder.accept(graph, task);
    }

    public static <A, B, C, D, E, F> KernelCall of(Task6<A, B, C, D, E, F> code, A a, B b, C c, D d, E e, F f) {
        return new KernelCall(
                code, new Object[] {a, b, c, d, e, f}, (graph, task) -> graph.task(task, code, a, b, c, d, e, f));
    }

    public static <A, B, C, D, E, F, G> KernelCall of(
            Task7<A, B, C, D, E, F, G> code, A a, B b, C c, D d, E e, F f, G g) {
        return new KernelCall(
                code, new Object[] {a, b, c, d, e, f, g}, (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g));
    }

    public static <A, B, C, D, E, F, G, H> KernelCall of(
            Task8<A, B, C, D, E, F, G, H> code, A a, B b, C c, D d, E e, F f, G g, H h) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h));
    }

    public static <A, B, C, D, E, F, G, H, I, J, K> KernelCall of(
            Task11<A, B, C, D, E, F, G, H, I, J, K> code, A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j, k},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j, k));
    }

    public static <A, B, C, D, E, F, G, H, I, J, K, L> KernelCall of(
            Task12<A, B, C, D, E, F, G, H, I, J, K, L> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j, k, l},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j, k, l));
    }

    public static <A, B, C, D, E> KernelCall of(Task5<A, B, C, D, E> code, A a, B b, C c, D d, E e) {
        return new KernelCall(
                code, new Object[] {a, b, c, d, e}, (graph, task) -> graph.task(task, code, a, b, c, d, e));
    }

    public static <A, B, C, D, E, F, G, H, I> KernelCall of(
            Task9<A, B, C, D, E, F, G, H, I> code, A a, B b, C c, D d, E e, F f, G g, H h, I i) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i));
    }

    public static <A, B, C, D, E, F, G, H, I, J> KernelCall of(
            Task10<A, B, C, D, E, F, G, H, I, J> code, A a, B b, C c, D d, E e, F f, G g, H h, I i, J j) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j));
    }

    public static <A, B, C, D, E, F, G, H, I, J, K, L, M> KernelCall of(
            Task13<A, B, C, D, E, F, G, H, I, J, K, L, M> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j, k, l, m},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j, k, l, m));
    }

    public static <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O> KernelCall of(
            Task15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m,
            N n,
            O o) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o));
    }

    public static <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P> KernelCall of(
            Task16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m,
            N n,
            O o,
            P p) {
        return new KernelCall(
                code,
                new Object[] {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p},
                (graph, task) -> graph.task(task, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p));
    }
}
