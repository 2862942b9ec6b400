package dev.sirocco.runtime.strict;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

class StrictSubsetTest {
    private static final int SIZE = 8;
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            IntArray.class, new IntArray(SIZE),
            ByteArray.class, new ByteArray(SIZE),
            FloatArray.class, new FloatArray(SIZE),
            HalfFloatArray.class, new HalfFloatArray(SIZE),
            KernelContext.class, new KernelContext());

    private static List<Object> arguments(Method kernel) {
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : kernel.getParameterTypes()) {
            arguments.add(ARGUMENTS.get(type));
        }
        return arguments;
    }

    private static Stream<Method> kernels(Class<?> owner) {
        return Arrays.stream(owner.getDeclaredMethods()).filter(method -> !Modifier.isPrivate(method.getModifiers()));
    }

    private static Method unsuitable(String name) {
        return kernels(UnsuitableKernels.class)
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Method> suitable() {
        return kernels(SuitableKernels.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "shiftsLogically | shiftsLogically | >>> becomes >> there",
                "shiftsLogicallyInAHelper | logicalShift | >>> becomes >> there",
                "masksAByte | masksAByte | b & 0xFF makes what follows unsigned",
                "returnsFromAHelpersLoop | firstNegative | return inside a helper's loop",
                "makesHalfFloats | makesHalfFloats | a new HalfFloat",
                "addsHalfFloats | addsHalfFloats | add makes a variable of type half",
                "sharesHalves | sharesHalves | allocateHalfFloatLocalArray makes a variable of type half",
                "readsAHalfFromBytes | readsAHalfFromBytes | getHalfFloat makes a variable of type half",
                "writesAHalfIntoBytes | writesAHalfIntoBytes | setHalfFloat makes a variable of type half",
                "looksForWhatIsNoNumber | looksForWhatIsNoNumber | x != x does not find NaN",
                "comparesWithInfinity | comparesWithInfinity | infinity and NaN do not compare",
                "floorsWithJavaLangMath | floorsWithJavaLangMath | use TornadoMath",
                "hasAPrivateByteArray | hasAPrivateByteArray | int[] and float[] only",
                "countsOnZeroes | countsOnZeroes | private arrays are not zeroed",
                "fillsAPart | fillsAPart | private arrays are not zeroed",
                "fillsOnCondition | fillsOnCondition | private arrays are not zeroed",
                "dot | dot | is a name of OpenCL C"
            })
    void refusesWhatTheEmbeddedRuntimeTakes(String kernel, String where, String reason) {
        Method method = unsuitable(kernel);
        List<Object> arguments = arguments(method);
        FrontEnd.compile(method, arguments, null);
        String message = assertThrows(KernelException.class, () -> StrictSubset.check(method, arguments))
                .getMessage();
        String line = kernel.equals("dot") ? "" : " \\(line \\d+\\)";
        assertTrue(
                message.matches("kernel UnsuitableKernels\\." + where + line + ": not for a TornadoVM SDK: .*"),
                message);
        assertTrue(message.contains(reason), message);
    }

    @ParameterizedTest
    @MethodSource("suitable")
    void takesWhatIsRightOnBoth(Method kernel) {
        StrictSubset.check(kernel, arguments(kernel));
    }

    @Test
    void everyUnsuitableKernelIsTested() throws NoSuchMethodException {
        int cases = StrictSubsetTest.class
                .getDeclaredMethod("refusesWhatTheEmbeddedRuntimeTakes", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value()
                .length;
        assertTrue(cases == kernels(UnsuitableKernels.class).count());
    }

    static void convertsHalves(ShortArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, Float.float16ToFloat(in.get(i)));
        }
    }

    /** TornadoVM takes this and computes something else; here it needs no rule, for nothing compiles it. */
    @Test
    void conversionsOfJavaLangFloatAreRefusedStrictOrNot() throws NoSuchMethodException {
        Method kernel = StrictSubsetTest.class.getDeclaredMethod("convertsHalves", ShortArray.class, FloatArray.class);
        List<Object> arguments = List.of(new ShortArray(SIZE), new FloatArray(SIZE));
        assertTrue(assertThrows(KernelException.class, () -> FrontEnd.compile(kernel, arguments, null))
                .getMessage()
                .contains("float16ToFloat"));
    }
}
