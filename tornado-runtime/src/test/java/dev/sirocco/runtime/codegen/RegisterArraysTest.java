package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Which loops have an end that is marked, so that private arrays become registers. */
class RegisterArraysTest {
    static void rows(KernelContext context, FloatArray x) {
        float[] sums = new float[8];
        for (int at = context.localIdx; at < 16; at += 4) {
            for (int i = 0; i < 4; i++) {
                sums[i] += x.get(16 * i + at);
            }
        }
        for (int i = 0; i < 4; i++) {
            x.set(i, sums[i]);
        }
    }

    static void tooMany(KernelContext context, FloatArray x) {
        float[] sums = new float[9];
        for (int i = 0; i < 9; i++) {
            sums[i] += x.get(i);
        }
        x.set(context.localIdx, sums[3]);
    }

    static void asManyAsThereAre(KernelContext context, FloatArray x) {
        float[] sums = new float[8];
        int rows = context.localIdx;
        for (int i = 0; i < rows; i++) {
            sums[i] += x.get(i);
        }
        x.set(context.localIdx, sums[3]);
    }

    static void anotherElement(KernelContext context, FloatArray x) {
        float[] sums = new float[8];
        for (int i = 0; i < 4; i++) {
            sums[context.localIdx] += x.get(i);
        }
        x.set(context.localIdx, sums[3]);
    }

    static void ofAGroup(KernelContext context, FloatArray x) {
        float[] sums = context.allocateFloatLocalArray(8);
        for (int i = 0; i < 4; i++) {
            sums[i] = x.get(i);
        }
        x.set(context.localIdx, sums[3]);
    }

    static void byTwos(KernelContext context, FloatArray x) {
        float[] sums = new float[8];
        for (int i = 0; i < 8; i += 2) {
            sums[i] += x.get(i);
        }
        x.set(context.localIdx, sums[4]);
    }

    @ParameterizedTest
    @CsvSource({
        "rows, 2",
        "tooMany, 0",
        "asManyAsThereAre, 0",
        "anotherElement, 0",
        "ofAGroup, 0",
        "byTwos, 0",
    })
    void shortLoopsThatCountThroughPrivateArraysAreFound(String kernel, int expected) {
        Method method = Arrays.stream(RegisterArraysTest.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        Function function = FrontEnd.compile(method, List.of(new KernelContext(), new FloatArray(128)), null);
        assertEquals(expected, RegisterArrays.loopEnds(function).size());
    }
}
