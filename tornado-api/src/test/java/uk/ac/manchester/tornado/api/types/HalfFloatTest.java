package uk.ac.manchester.tornado.api.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalfFloatTest {
    private static final int INFINITY = 0x7c00;

    @Test
    void decodesEveryBitPattern() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = new HalfFloat((short) bits).getFloat32();
            assertEquals(Float.float16ToFloat((short) bits), value);
            if (!Float.isNaN(value)) {
                assertEquals((float) definition(bits), value, "bits " + Integer.toHexString(bits));
            }
        }
    }

    @Test
    void encodesEveryValueToItsBits() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = Float.float16ToFloat((short) bits);
            short encoded = new HalfFloat(value).getHalfFloatValue();
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(Float.float16ToFloat(encoded)));
            } else {
                assertEquals((short) bits, encoded);
            }
        }
    }

    @Test
    void roundsToTheNearestWithTiesToEven() {
        for (int bits = 0; bits < INFINITY - 1; bits++) {
            float low = (float) definition(bits);
            float high = (float) definition(bits + 1);
            float middle = (low + high) / 2; // exact: a float has more than one bit to spare
            int even = (bits & 1) == 0 ? bits : bits + 1;
            assertEquals((short) even, new HalfFloat(middle).getHalfFloatValue());
            assertEquals((short) bits, new HalfFloat(Math.nextDown(middle)).getHalfFloatValue());
            assertEquals((short) (bits + 1), new HalfFloat(Math.nextUp(middle)).getHalfFloatValue());
            assertEquals((short) (even | 0x8000), new HalfFloat(-middle).getHalfFloatValue());
        }
    }

    @Test
    void overflowsToInfinityHalfAStepPastTheGreatest() {
        assertEquals(0x7bff, new HalfFloat(Math.nextDown(65520f)).getHalfFloatValue());
        assertEquals(INFINITY, new HalfFloat(65520f).getHalfFloatValue());
        assertEquals((short) 0xfc00, new HalfFloat(-1e30f).getHalfFloatValue());
    }

    @Test
    void roundsTheResultOfArithmetic() {
        HalfFloat third = HalfFloat.div(new HalfFloat(1f), new HalfFloat(3f));
        assertEquals(0x3555, third.getHalfFloatValue());
        assertEquals(
                2048f, HalfFloat.add(new HalfFloat(2048f), new HalfFloat(1f)).getFloat32());
        assertEquals(-1f, HalfFloat.sub(new HalfFloat(1f), new HalfFloat(2f)).getFloat32());
        assertEquals(6f, HalfFloat.mult(new HalfFloat(2f), new HalfFloat(3f)).getFloat32());
    }

    @Test
    void printsItsValue() {
        assertEquals("-0.5", new HalfFloat(-0.5f).toString());
    }

    /** The value of the bits by IEEE 754: sign, 5 bits of exponent, 10 of fraction. */
    private static double definition(int bits) {
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * fraction * Math.pow(2, -24)
                : sign * (1024 + fraction) * Math.pow(2, exponent - 25);
    }
}
