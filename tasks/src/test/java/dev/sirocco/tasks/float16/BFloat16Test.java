package dev.sirocco.tasks.float16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

class BFloat16Test {
    private static final int ALL = 1 << 16;

    static void decodeAll(ShortArray in, FloatArray out, int first, int stride, int lines, int count) {
        for (@Parallel int line = 0; line < lines; line++) {
            for (int i = 0; i < count; i++) {
                out.set(line * count + i, BFloat16.get(in, first + stride * (line * count + i)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void everyNumberIsDecodedExactlyAsAreThoseNearZero(KernelRunner runner) {
        ShortArray in = new ShortArray(1 + ALL);
        for (int bits = 0; bits < ALL; bits++) {
            in.set(1 + bits, (short) bits);
        }
        FloatArray out = new FloatArray(ALL);
        runner.run(KernelCall.of(BFloat16Test::decodeAll, in, out, 1, 1, 16, ALL / 16));
        for (int bits = 0; bits < ALL; bits++) {
            assertFloat(bits << 16, out.get(bits));
        }
    }

    /** What runs where no compiler knows better, of numbers with all 24 bits. */
    @Test
    void plainJavaTakesAnyBitsForAFloat() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 1_000_000; i++) {
            int bits = random.nextInt();
            assertFloat(bits, BFloat16.fromBits(bits));
        }
    }

    private static void assertFloat(int bits, float actual) {
        float expected = Float.intBitsToFloat(bits);
        if (Float.isFinite(expected)) {
            assertEquals(expected, actual, Integer.toHexString(bits));
        } else {
            assertFalse(Float.isFinite(actual), Integer.toHexString(bits));
        }
    }
}
