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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class StrictSubsetTest {
    private static final int SIZE = 8;

    private static List<Object> arguments(Method kernel) {
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : kernel.getParameterTypes()) {
            arguments.add(
                    type == IntArray.class
                            ? new IntArray(SIZE)
                            : type == ByteArray.class ? new ByteArray(SIZE) : new FloatArray(SIZE));
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
}
