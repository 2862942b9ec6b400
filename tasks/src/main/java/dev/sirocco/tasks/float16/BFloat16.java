package dev.sirocco.tasks.float16;

import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** bfloat16: the upper half of an IEEE binary32, with a sign, eight bits of exponent and seven of fraction. */
public final class BFloat16 {
    private static final int LOWER_BITS = 16;
    private static final int FRACTION_BITS = 23;
    private static final int IMPLICIT_BIT = 1 << FRACTION_BITS;

    private BFloat16() {}

    /** {@return number i, exactly} */
    public static float get(ShortArray numbers, int i) {
        return fromBits(numbers.get(i) << LOWER_BITS);
    }

    /**
     * {@return the binary32 number of these bits, exactly; what is not a number becomes an infinity} TornadoVM's
     * compiler does not know {@link Float#intBitsToFloat}, and has no tables.
     */
    @FloatFromBits
    static float fromBits(int bits) {
        int exponent = (bits >> FRACTION_BITS) & 255;
        int fraction = bits & (IMPLICIT_BIT - 1);
        float significand = (exponent == 0 ? 0f : 1f) + fraction * 0x1p-23f;
        int power = exponent == 0 ? 0 : exponent - 1; // of 2, less 126
        float low = (float) (1 << (power & 15));
        float middle = (float) (1L << (power & 48));
        int upper = (power >> 6) & 3;
        float high = upper < 2 ? (upper == 0 ? 0x1p-126f : 0x1p-62f) : (upper == 2 ? 0x1p2f : 0x1p66f);
        // Exact, and of normal numbers only in whatever order fast mathematics multiplies, unless the result is not
        // one.
        float magnitude = significand * low * middle * high;
        return bits < 0 ? -magnitude : magnitude;
    }
}
