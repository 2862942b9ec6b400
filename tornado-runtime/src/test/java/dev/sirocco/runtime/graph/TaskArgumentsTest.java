package dev.sirocco.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

final class TaskArgumentsTest {
    private static final FloatArray FLOATS = new FloatArray(1);

    /** Kernels by signature alone. */
    @SuppressWarnings("unused")
    private static final class Kernels {
        static void loop(FloatArray x, int n, float factor) {}

        static void context(KernelContext context, FloatArray x) {}

        static void twoContexts(KernelContext a, KernelContext b) {}

        static void flag(FloatArray x, boolean on) {}

        static void boxed(FloatArray x, Integer n) {}

        static void heap(float[] x) {}
    }

    private static boolean check(String kernel, Object... arguments) {
        Method method = Arrays.stream(Kernels.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        return TaskArguments.check("g.t", method, List.of(arguments));
    }

    private static void refuses(String reason, String kernel, Object... arguments) {
        assertEquals(
                reason,
                assertThrows(TornadoRuntimeException.class, () -> check(kernel, arguments))
                        .getMessage());
    }

    @Test
    void tellsContextKernelsFromLoops() {
        assertFalse(check("loop", FLOATS, 3, 1f));
        assertTrue(check("context", new KernelContext(), FLOATS));
    }

    @Test
    void refusesArgumentsOfAnotherType() {
        refuses("Task g.t: parameter 2 of kernel Kernels.loop is a int and was given a Long", "loop", FLOATS, 3L, 1f);
        refuses(
                "Task g.t: parameter 1 of kernel Kernels.loop is a FloatArray and was given a IntArray",
                "loop",
                new IntArray(1),
                3,
                1f);
        refuses("Task g.t: kernel Kernels.loop takes 3 arguments and was given 1", "loop", FLOATS);
    }

    @Test
    void refusesParametersThatKernelsCannotTake() {
        String instead = ", which kernels cannot take; use native arrays such as FloatArray, a KernelContext, or int,"
                + " long, float, double, byte, short";
        refuses("Task g.t: parameter 2 of kernel Kernels.flag has the type boolean" + instead, "flag", FLOATS, true);
        refuses(
                "Task g.t: parameter 2 of kernel Kernels.boxed has the type java.lang.Integer" + instead,
                "boxed",
                FLOATS,
                1);
        refuses("Task g.t: parameter 1 of kernel Kernels.heap has the type float[]" + instead, "heap", (Object)
                new float[1]);
        refuses(
                "Task g.t: parameter 2 of kernel Kernels.twoContexts is a second KernelContext; a kernel takes one",
                "twoContexts",
                new KernelContext(),
                new KernelContext());
    }
}
