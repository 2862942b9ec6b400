package dev.sirocco.model.quantize;

/**
 * The levels that a weight can have relative to its scale: whole numbers from the lowest to the highest, or a table.
 * Finds the level nearest to a number, and the scale with the least squared error.
 */
final class Levels {
    /** What IQ4 blocks store an index into. Source: {@code kvalues_iq4nl} of {@code ggml-common.h}. */
    static final Levels IQ4 = new Levels(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);

    /** Scales that are tried on either side of the one that maps the largest weight to the outermost level. */
    private static final int STEPS = 9;

    /** How far two of them are apart, as a part of the scale between neighbouring levels. */
    private static final float STEP = 0.1f;

    private final int[] values;
    private final float lowest;
    private final float highest;
    private final boolean consecutive;
    /** By twice a number's distance to the lowest level, rounded down: the index of the level nearest to it. */
    private final byte[] nearest;

    private Levels(int... values) {
        this.values = values;
        this.lowest = values[0];
        this.highest = values[values.length - 1];
        this.consecutive = highest - lowest == values.length - 1;
        // Halfway between two whole numbers is a multiple of one half: within such a step the nearest is the same one.
        this.nearest = new byte[consecutive ? 0 : (int) (2 * (highest - lowest)) + 1];
        for (int step = 0; step < nearest.length; step++) {
            int index = nearest[Math.max(0, step - 1)];
            boolean isNext = index + 1 < values.length && values[index] + values[index + 1] <= 2 * lowest + step;
            nearest[step] = (byte) (isNext ? index + 1 : index);
        }
    }

    static Levels from(int lowest, int highest) {
        int[] values = new int[highest - lowest + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = lowest + i;
        }
        return new Levels(values);
    }

    /** {@return the index of the level nearest to {@code x}} */
    int nearest(float x) {
        return consecutive ? (int) (Rounding.within(lowest, highest, x) - lowest) : nearest[step(x)];
    }

    private int step(float x) {
        return (int) (2 * (Math.min(Math.max(x, lowest), highest) - lowest));
    }

    /** {@return the level nearest to {@code x}} */
    private float level(float x) {
        return consecutive ? Rounding.within(lowest, highest, x) : values[nearest[step(x)]];
    }

    int value(int index) {
        return values[index];
    }

    /** {@return the scale d, of either sign, for which the sum of (x − d · level)² over the weights is least} */
    float scale(float[] x, int from, int count) {
        float extreme = 0;
        for (int i = from; i < from + count; i++) {
            extreme = Math.abs(x[i]) > Math.abs(extreme) ? x[i] : extreme;
        }
        requireFinite(extreme, x, from, count);
        if (extreme == 0) {
            return 0;
        }
        float best = 0;
        double bestGain = -1;
        for (int outermost : new int[] {values[0], values[values.length - 1]}) {
            float gap = Math.abs(outermost) / (values.length / 2f);
            for (int step = -STEPS; step <= STEPS; step++) {
                float inverse = (outermost + step * STEP * gap) / extreme;
                double product = 0;
                double square = 0;
                for (int i = from; i < from + count; i++) {
                    float level = level(x[i] * inverse);
                    product += x[i] * level;
                    square += level * level;
                }
                // With the best scale for these levels the error is Σx² less this.
                double gain = square == 0 ? 0 : product * product / square;
                if (gain > bestGain) {
                    bestGain = gain;
                    best = square == 0 ? 0 : (float) (product / square);
                }
            }
        }
        return best;
    }

    /** {@return the sum of (x − scale · level)² with the nearest levels} */
    double error(float[] x, int from, int count, float scale) {
        float inverse = inverse(scale);
        double error = 0;
        for (int i = from; i < from + count; i++) {
            float rest = x[i] - scale * level(x[i] * inverse);
            error += rest * rest;
        }
        return error;
    }

    /** {@return 1 / scale, 0 for 0} */
    static float inverse(float scale) {
        float inverse = 1 / scale;
        return Float.isFinite(inverse) ? inverse : 0;
    }

    static void requireFinite(float extreme, float[] x, int from, int count) {
        float sum = extreme;
        for (int i = from; i < from + count; i++) {
            sum += 0 * x[i];
        }
        if (!Float.isFinite(sum)) {
            throw new ArithmeticException("has weights that are not finite numbers");
        }
    }

    /** {@return the bits of the nearest binary16} */
    static short float16(float value) {
        short bits = Float.floatToFloat16(value);
        if (Float.isFinite(value) && !Float.isFinite(Float.float16ToFloat(bits))) {
            throw new ArithmeticException("has weights that are too large for binary16 (" + value + ")");
        }
        return bits;
    }

    /** {@return {@code value} as it is when it was stored as binary16} */
    static float rounded16(float value) {
        return Float.float16ToFloat(float16(value));
    }

    /** {@return the upper half of the nearest binary32 whose lower half is zero, ties to even} */
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >> 16 & 1) >> 16);
    }
}
