package dev.sirocco.tasks.float16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class Float16Test {
    private static final int ALL = 1 << 16;

    /** Bytes before the first number, so that addresses are odd. */
    private static final int ODD = 1;

    static void decodeAll(ByteArray in, FloatArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, Float16.get(in, first + stride * i));
        }
    }

    static void decodeBits(IntArray in, FloatArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, Float16.of(in.get(first + stride * i)));
        }
    }

    static void encodeAll(FloatArray in, IntArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, Float16.bits(in.get(first + stride * i)));
        }
    }

    static void encodePairs(FloatArray in, IntArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, Float16.pair(in.get(first + stride * i), in.get(first + stride * i + 1)));
        }
    }

    /** {@return every half, what lies midway to the next one, and what is next to that on either side} */
    private static FloatArray numbers() {
        int finite = 0x7C00;
        FloatArray in = new FloatArray(8 * finite);
        for (int bits = 0; bits < finite; bits++) {
            float half = Float.float16ToFloat((short) bits);
            float midway = (half + Math.min(65504f, Float.float16ToFloat((short) (bits + 1)))) / 2;
            float[] numbers = {half, midway, Math.nextUp(midway), Math.nextDown(midway)};
            for (int i = 0; i < 4; i++) {
                in.set(8 * bits + i, numbers[i]);
                in.set(8 * bits + 4 + i, -numbers[i]);
            }
        }
        return in;
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void theNearestNumberIsFoundAndOfTwoTheEvenOne(KernelRunner runner) {
        FloatArray in = numbers();
        IntArray out = new IntArray(in.getSize());
        runner.run(KernelCall.of(Float16Test::encodeAll, in, out, 0, 1, in.getSize()));
        for (int i = 0; i < in.getSize(); i++) {
            float value = Math.clamp(in.get(i), -65504f, 65504f);
            int expected = value == 0 ? 0 : Float.floatToFloat16(value) & 0xFFFF; // a zero has no sign
            assertEquals(expected, out.get(i), () -> "of " + value);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void twoNumbersAreRoundedIntoOneInt(KernelRunner runner) {
        FloatArray in = numbers();
        for (int i = 0; i < in.getSize(); i++) {
            in.set(i, Float16.bounded(in.get(i)));
        }
        IntArray out = new IntArray(in.getSize() / 2);
        runner.run(KernelCall.of(Float16Test::encodePairs, in, out, 0, 2, out.getSize()));
        for (int i = 0; i < in.getSize(); i++) {
            float value = in.get(i);
            int expected = Float.floatToFloat16(value) & 0xFFFF;
            int actual = (out.get(i / 2) >> (16 * (i % 2))) & 0xFFFF;
            if (value == 0) { // with either sign
                actual = actual & 0x7FFF;
                expected = 0;
            }
            assertEquals(expected, actual, () -> "of " + value);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void everyNumberIsDecodedExactlyAtAnyAddress(KernelRunner runner) {
        ByteArray in = new ByteArray(ODD + 2 * ALL);
        for (int bits = 0; bits < ALL; bits++) {
            in.getSegment().set(ValueLayout.JAVA_SHORT_UNALIGNED, ODD + 2L * bits, (short) bits);
        }
        FloatArray out = new FloatArray(ALL);
        runner.run(KernelCall.of(Float16Test::decodeAll, in, out, ODD, 2, ALL));
        assertAllNumbers(out);
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void everyNumberIsMadeOfTheLowerHalfOfAnInt(KernelRunner runner) {
        IntArray in = new IntArray(ALL);
        for (int bits = 0; bits < ALL; bits++) {
            in.set(bits, bits | bits * 40503 << 16);
        }
        FloatArray out = new FloatArray(ALL);
        runner.run(KernelCall.of(Float16Test::decodeBits, in, out, 0, 1, ALL));
        assertAllNumbers(out);
    }

    private static void assertAllNumbers(FloatArray out) {
        for (int bits = 0; bits < ALL; bits++) {
            float expected = Float.float16ToFloat((short) bits);
            if (Float.isFinite(expected)) {
                assertEquals(expected, out.get(bits), Integer.toHexString(bits));
            } else {
                assertFalse(Float.isFinite(out.get(bits)), Integer.toHexString(bits));
            }
        }
    }
}
