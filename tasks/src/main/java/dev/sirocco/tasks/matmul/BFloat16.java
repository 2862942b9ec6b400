package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Decodes bfloat16: a sign, eight bits of exponent e and seven of mantissa m stand for ±(128 + m) · 2^(e − 134).
 * Kernels cannot take bits for a float, so they look the power up. Subnormal numbers, below 1.2e-38, count as 0.
 */
public final class BFloat16 {
    /** (512): ±2^(e − 134) by sign and exponent. Belongs to this class; nobody writes it. */
    public static final FloatArray POWERS = powers();

    private static final int MANTISSA_BITS = 7;
    private static final int BIAS = 134;

    private BFloat16() {}

    private static FloatArray powers() {
        FloatArray powers = new FloatArray(512);
        powers.set(0, 0f);
        powers.set(256, 0f);
        for (int exponent = 1; exponent < 256; exponent++) {
            float power = exponent == 255 ? Float.POSITIVE_INFINITY : (float) Math.scalb(1.0, exponent - BIAS);
            powers.set(exponent, power);
            powers.set(256 + exponent, -power);
        }
        return powers;
    }

    /** {@return weight i} */
    public static float get(ShortArray weights, int i, FloatArray powers) {
        int bits = weights.get(i);
        return powers.get((bits >> MANTISSA_BITS) & 511) * (128 + (bits & 127));
    }

    /** Decodes the weights from index {@code from} on to {@code decoded[at …]}. */
    static void decode(ShortArray weights, int from, FloatArray powers, int count, float[] decoded, int at) {
        for (int i = 0; i < count; i++) {
            decoded[at + i] = get(weights, from + i, powers);
        }
    }
}
