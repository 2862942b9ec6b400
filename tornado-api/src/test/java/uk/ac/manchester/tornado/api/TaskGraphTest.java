package uk.ac.manchester.tornado.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.spi.GraphStep;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class TaskGraphTest {
    private final FloatArray x = new FloatArray(4);
    private final FloatArray y = new FloatArray(4);

    static void nothing() {}

    static void scale(FloatArray values, float factor) {
        for (int i = 0; i < values.getSize(); i++) {
            values.set(i, values.get(i) * factor);
        }
    }

    static void twenty(
            int a,
            int b,
            int c,
            int d,
            int e,
            int f,
            int g,
            int h,
            int i,
            int j,
            int k,
            int l,
            int m,
            int n,
            int o,
            int p,
            int q,
            int r,
            int s,
            FloatArray t) {
        t.set(0, a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s);
    }

    @Test
    void recordsStatementsInOrder() {
        ImmutableTaskGraph graph = new TaskGraph("g")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
                .consumeFromDevice("before", y)
                .consumeFromDevice(x)
                .task("scale", TaskGraphTest::scale, x, 2f)
                .task("nothing", TaskGraphTest::nothing)
                .persistOnDevice(y)
                .transferToHost(DataTransferMode.UNDER_DEMAND, x)
                .snapshot();

        List<GraphStep> steps = graph.description().steps();
        assertEquals("g", graph.description().name());
        assertEquals(new GraphStep.TransferToDevice(0, List.of(x, y)), steps.get(0));
        assertEquals(new GraphStep.Consume("before", List.of(y)), steps.get(1));
        assertEquals(new GraphStep.Consume("", List.of(x)), steps.get(2));
        GraphStep.RunTask scale = assertInstanceOf(GraphStep.RunTask.class, steps.get(3));
        assertEquals("scale", scale.name());
        assertSame(x, scale.arguments().get(0));
        assertEquals(2f, scale.arguments().get(1));
        assertEquals(List.of(), ((GraphStep.RunTask) steps.get(4)).arguments());
        assertEquals(new GraphStep.Persist(List.of(y)), steps.get(5));
        assertEquals(new GraphStep.TransferToHost(2, List.of(x)), steps.get(6));
        assertEquals(7, steps.size());
    }

    @Test
    void keepsTheMethodBehindAMethodReference() throws ReflectiveOperationException {
        TaskGraph graph = new TaskGraph("g").task("scale", TaskGraphTest::scale, x, 2f);
        GraphStep.RunTask task = assertInstanceOf(
                GraphStep.RunTask.class, graph.snapshot().description().steps().getFirst());
        SerializedLambda lambda = lambdaOf(task.code());
        assertEquals("scale", lambda.getImplMethodName());
        assertEquals("(L" + FloatArray.class.getName().replace('.', '/') + ";F)V", lambda.getImplMethodSignature());
        assertEquals(TaskGraphTest.class.getName().replace('.', '/'), lambda.getImplClass());
    }

    @Test
    void takesTwentyArgumentsInOrder() throws ReflectiveOperationException {
        TaskGraph graph = new TaskGraph("g")
                .task("t", TaskGraphTest::twenty, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, x);
        GraphStep.RunTask task = assertInstanceOf(
                GraphStep.RunTask.class, graph.snapshot().description().steps().getFirst());
        for (int i = 0; i < 19; i++) {
            assertEquals(i + 1, task.arguments().get(i));
        }
        assertSame(x, task.arguments().get(19));
        assertEquals("twenty", lambdaOf(task.code()).getImplMethodName());
    }

    @Test
    void recordsEveryNumberOfArguments() throws ReflectiveOperationException {
        int methods = 0;
        for (Method method : TaskGraph.class.getMethods()) {
            if (!method.getName().equals("task")) {
                continue;
            }
            methods++;
            int arguments = method.getParameterCount() - 2;
            Class<?> functionType = method.getParameterTypes()[1];
            assertEquals("Task" + (arguments == 0 ? "" : arguments), functionType.getSimpleName());
            assertTrue(Serializable.class.isAssignableFrom(functionType));
            Object[] values = new Object[arguments + 2];
            values[0] = "t";
            values[1] = java.lang.reflect.Proxy.newProxyInstance(
                    functionType.getClassLoader(), new Class<?>[] {functionType}, (proxy, called, given) -> null);
            for (int i = 0; i < arguments; i++) {
                values[i + 2] = "argument " + i;
            }
            TaskGraph graph = new TaskGraph("g");
            assertSame(graph, method.invoke(graph, values));
            GraphStep.RunTask task =
                    (GraphStep.RunTask) graph.snapshot().description().steps().getFirst();
            assertSame(values[1], task.code());
            assertEquals(List.of(values).subList(2, values.length), task.arguments());
        }
        assertEquals(21, methods);
    }

    @Test
    void doesNotChangeASnapshotWhenRecordedOn() {
        TaskGraph graph = new TaskGraph("g").task("one", TaskGraphTest::nothing);
        ImmutableTaskGraph before = graph.snapshot();
        graph.task("two", TaskGraphTest::nothing);
        assertEquals(1, before.description().steps().size());
        assertEquals(2, graph.snapshot().description().steps().size());
    }

    @Test
    void refusesTwoTasksOfOneName() {
        TaskGraph graph = new TaskGraph("g").task("t", TaskGraphTest::nothing);
        TornadoTaskRuntimeException error =
                assertThrows(TornadoTaskRuntimeException.class, () -> graph.task("t", TaskGraphTest::nothing));
        assertEquals("Task graph 'g': there are two tasks named 't'; names must differ", error.getMessage());
    }

    @Test
    void refusesATaskPastTheLimit() {
        TaskGraph graph = new TaskGraph("g");
        for (int i = 0; i < 256; i++) {
            graph.task("t" + i, TaskGraphTest::nothing);
        }
        refuses(() -> graph.task("t256", TaskGraphTest::nothing), "at most 256 tasks");
        assertEquals(256, graph.snapshot().description().steps().size());
    }

    @Test
    void refusesNullsWithTheirPlace() {
        TaskGraph graph = new TaskGraph("g");
        FloatArray none = null;
        Task2<FloatArray, Float> noKernel = null;
        refuses(() -> graph.task("t", TaskGraphTest::scale, none, 2f), "argument 1 of task 't' is null");
        refuses(() -> graph.task("t", noKernel, x, 2f), "task 't' has no kernel");
        refuses(() -> graph.task(null, TaskGraphTest::nothing), "needs a name");
        refuses(() -> graph.transferToDevice(1, x, none), "argument 2 of transferToDevice is null");
        refuses(() -> graph.transferToHost(1, none, x), "argument 1 of transferToHost is null");
        refuses(() -> graph.persistOnDevice(none, x), "argument 1 of persistOnDevice is null");
        refuses(() -> graph.consumeFromDevice("other", none, x), "argument 1 of consumeFromDevice is null");
        refuses(() -> graph.persistOnDevice(), "at least one array");
        refuses(() -> new TaskGraph(null), "needs a name");
        refuses(() -> new TaskGraph(" "), "needs a name");
        assertEquals(0, graph.snapshot().description().steps().size());
    }

    @Test
    void refusesUnknownTransferModes() {
        TaskGraph graph = new TaskGraph("g");
        refuses(() -> graph.transferToDevice(DataTransferMode.UNDER_DEMAND, x), "FIRST_EXECUTION (0)");
        refuses(() -> graph.transferToDevice(-1, x), "not -1");
        refuses(() -> graph.transferToHost(3, x), "not 3");
    }

    @Test
    void tellsArraysApartByIdentity() {
        IntArray one = IntArray.fromElements(1);
        IntArray other = IntArray.fromElements(1);
        GraphStep.Persist persist = new GraphStep.Persist(List.of(one, other));
        assertSame(one, persist.arrays().get(0));
        assertSame(other, persist.arrays().get(1));
        assertEquals(1, persist.arrays().indexOf(other));
    }

    private static SerializedLambda lambdaOf(Serializable code) throws ReflectiveOperationException {
        Method writeReplace = code.getClass().getDeclaredMethod("writeReplace");
        writeReplace.setAccessible(true);
        return (SerializedLambda) writeReplace.invoke(code);
    }

    private static void refuses(Executable statement, String reason) {
        TornadoRuntimeException error = assertThrows(TornadoRuntimeException.class, statement);
        assertTrue(error.getMessage().contains(reason), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }
}
