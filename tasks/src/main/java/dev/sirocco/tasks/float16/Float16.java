package dev.sirocco.tasks.float16;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/** IEEE binary16 (IEEE 754-2019, table 3.5): a sign, five bits of exponent with bias 15, ten bits of fraction. */
public final class Float16 {
    private static final int FRACTION_BITS = 10;
    private static final int IMPLICIT_BIT = 1 << FRACTION_BITS;

    /** The exponent of infinities and of what is not a number. */
    private static final int SPECIAL = 31;

    /** 2^−25: takes the bias and the fraction's bits off. */
    private static final float UNIT = 0x1p-25f;

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
        int bits = bytes.get(at + 1) * 256 + low; // sign-extended
        int exponent = (bits >> FRACTION_BITS) & SPECIAL;
        int fraction = bits & (IMPLICIT_BIT - 1);
        int significand = exponent == 0 ? fraction : fraction + IMPLICIT_BIT;
        int shift = TornadoMath.min(TornadoMath.max(exponent, 1), SPECIAL - 1);
        // Every factor is a power of two or has eleven bits: nothing is rounded.
        float magnitude = significand * (float) (1 << shift) * (exponent == SPECIAL ? OVERFLOW : UNIT);
        return bits < 0 ? -magnitude : magnitude;
    }
}
