package dev.sirocco.tasks.float16;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/** IEEE binary16 (IEEE 754-2019, table 3.5): a sign, five bits of exponent with bias 15, ten bits of fraction. */
public final class Float16 {
    private static final int FRACTION_BITS = 10;
    private static final int IMPLICIT_BIT = 1 << FRACTION_BITS;
    private static final int SIGN = 1 << 15;

    /** The exponent of infinities and of what is not a number. */
    private static final int SPECIAL = 31;

    /** 2^−25: takes the bias and the fraction's bits off. */
    private static final float UNIT = 0x1p-25f;

    /** The largest half. */
    public static final float LARGEST = 65504f;

    /** Makes an infinity of what it multiplies. */
    private static final float OVERFLOW = 3e38f;

    private Float16() {}

    /**
     * {@return the number whose bytes begin at {@code at}, exactly; what is not a number becomes an infinity}
     *
     * @param bytes little-endian
     * @param at    index of the first byte
     */
    @Float16Load
    public static float get(ByteArray bytes, int at) {
        int low = bytes.get(at);
        low = low < 0 ? low + 256 : low;
        return of(bytes.get(at + 1) * 256 + low);
    }

    /**
     * {@return the number whose bits are the lower sixteen, exactly; what is not a number becomes an infinity} Which
     * bits are above them does not matter.
     */
    @Float16FromBits
    public static float of(int bits) {
        int exponent = (bits >> FRACTION_BITS) & SPECIAL;
        int fraction = bits & (IMPLICIT_BIT - 1);
        int significand = exponent == 0 ? fraction : fraction + IMPLICIT_BIT;
        int shift = TornadoMath.min(TornadoMath.max(exponent, 1), SPECIAL - 1);
        // Every factor is a power of two or has eleven bits: nothing is rounded.
        float magnitude = significand * (float) (1 << shift) * (exponent == SPECIAL ? OVERFLOW : UNIT);
        return (bits & SIGN) == 0 ? magnitude : -magnitude;
    }

    /**
     * {@return the bits of the half that is nearest to a number, ties to even: 0 … 65535} What is too large becomes the
     * largest half, and what is not a number 0. The exponent is found by comparisons, for halves have no arithmetic on
     * some devices.
     */
    public static int bits(float value) {
        float size = TornadoMath.min(TornadoMath.abs(value), LARGEST);
        int exponent = 1; // 1 … 30, of 2^(exponent − 15); numbers below 2^-14 have none of their own
        float unit = size * 16384f; // size / 2^-14, below 2 in the end
        if (unit >= 65536f) {
            unit = unit * (1f / 65536f);
            exponent += 16;
        }
        if (unit >= 256f) {
            unit = unit * (1f / 256f);
            exponent += 8;
        }
        if (unit >= 16f) {
            unit = unit * (1f / 16f);
            exponent += 4;
        }
        if (unit >= 4f) {
            unit = unit * (1f / 4f);
            exponent += 2;
        }
        if (unit >= 2f) {
            unit = unit * (1f / 2f);
            exponent += 1;
        }
        float scaled = unit * 1024f; // with the leading one from 1024 on; below it for subnormal numbers
        int mantissa = (int) scaled;
        float rest = scaled - mantissa;
        int up = rest > 0.5f ? 1 : 0;
        int tie = rest == 0.5f ? mantissa & 1 : 0;
        int sign = value < 0f ? SIGN : 0;
        return sign + (exponent - 1) * 1024 + mantissa + up + tie; // a carry goes into the exponent, as it should
    }

    /**
     * {@return the bits of two halves, the second's above the first's: what {@link #bits} returns of each}
     *
     * @param low  no larger than the largest half
     * @param high as well
     */
    @Float16Pair
    public static int pair(float low, float high) {
        return bits(low) | (bits(high) << 16);
    }

    /** {@return a number that is no larger than the largest half: that half in place of what is} */
    public static float bounded(float value) {
        return TornadoMath.max(TornadoMath.min(value, LARGEST), -LARGEST);
    }
}
