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
        int significand = exponent == 0 ? fraction : fraction + IMPLICIT_BIT;
        int power = exponent == 0 ? 1 : exponent; // of 2, less 150
        float low = (float) (1 << (power & 15));
        float middle = (float) (1L << (power & 48));
        int upper = (power >> 6) & 3;
        // The root of 2^(64 · upper − 150), which need not be a normal number itself.
        float root = upper < 2 ? (upper == 0 ? 0x1p-75f : 0x1p-43f) : (upper == 2 ? 0x1p-11f : 0x1p21f);
        // All factors but the first are powers of two, and what grows is multiplied first: nothing is rounded.
        float magnitude = significand * low * middle * root * root;
        return bits < 0 ? -magnitude : magnitude;
    }
}
