package dev.sirocco.runtime.codegen.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.pass.SampleKernels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class OpenClEmitterTest {
    static void doubles(DoubleArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, 2 * x.get(i));
        }
    }

    static void longArray(IntArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            int[] seen = new int[33];
            seen[i % 33] = 1;
            x.set(i, seen[x.get(i) % 33]);
        }
    }

    private static String emit(Class<?> kernels, String kernel, OpenClTarget target, Object... arguments) {
        Function function = compile(kernels, kernel, arguments);
        return OpenClEmitter.emit(function, Launch.of(function, List.of(arguments), null, FloatMode.RELAXED), target);
    }

    private static Function compile(Class<?> kernels, String kernel, Object... arguments) {
        return FrontEnd.compile(
                Arrays.stream(kernels.getDeclaredMethods())
                        .filter(m -> m.getName().equals(kernel))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
    }

    @Test
    void namesKernelsApartFromBuiltInFunctions() {
        Function function = compile(SampleKernels.class, "saxpy", new FloatArray(4), new FloatArray(4), 2f);
        assertEquals("sirocco_SampleKernels_saxpy", OpenClEmitter.symbol(function));
    }

    /** {@return the text of a nest of loops over 7 and 13, the inner one in groups} */
    private static String transposed(long group) {
        Object[] arguments = {new FloatArray(91), new FloatArray(91), 7, 13};
        Function function = compile(SampleKernels.class, "transpose", arguments);
        Launch launch = Launch.of(function, List.of(arguments), null, FloatMode.RELAXED);
        return OpenClEmitter.emit(function, group == 0 ? launch : launch.inGroupsOf(group), OpenClTarget.CORE);
    }

    @Test
    void makesTheInnermostLoopTheFirstDimension() {
        String text = transposed(8);
        assertTrue(text.contains("int c = (int) get_global_id(0);"), text);
        assertTrue(text.contains("reqd_work_group_size(8, 1, 1)"), text);
        assertTrue(text.contains("if (get_global_id(0) >= 13) return;"), text);
    }

    @Test
    void doesNotCompareWithARangeThatGroupsDivide() {
        assertFalse(transposed(13).contains("return;"));
        assertFalse(transposed(0).contains("return;"));
    }

    @Test
    void clearsLongArraysInALoopForTheSakeOfMesasCompiler() {
        String text = emit(OpenClEmitterTest.class, "longArray", OpenClTarget.CORE, new IntArray(4));
        assertTrue(text.contains("int seen[33]; for (int k = 0; k < 33; k++) seen[k] = 0;"), text);
    }

    @Test
    void refusesDoublesWhereThereAreNone() {
        KernelException refused = assertThrows(
                KernelException.class,
                () -> emit(OpenClEmitterTest.class, "doubles", OpenClTarget.CORE, new DoubleArray(4)));
        assertTrue(refused.getMessage().contains("OpenClEmitterTest.doubles"), refused::getMessage);
        assertTrue(refused.getMessage().contains("double"), refused::getMessage);
    }
}
