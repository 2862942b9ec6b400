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

class Float16Test {
    private static final int ALL = 1 << 16;

    /** Bytes before the first number, so that addresses are odd. */
    private static final int ODD = 1;

    static void decodeAll(ByteArray in, FloatArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, Float16.get(in, first + stride * i));
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
