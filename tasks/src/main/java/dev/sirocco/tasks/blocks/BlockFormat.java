package dev.sirocco.tasks.blocks;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * What kernels do with a block of any format. The format is a number that is fixed when a kernel is compiled, so that
 * of each switch one case remains. The numbers are those of GGUF.
 */
public final class BlockFormat {
    public static final int Q4_0 = 2;
    public static final int Q4_1 = 3;
    public static final int Q5_0 = 6;
    public static final int Q5_1 = 7;
    public static final int Q8_0 = 8;
    public static final int Q2_K = 10;
    public static final int Q3_K = 11;
    public static final int Q4_K = 12;
    public static final int Q5_K = 13;
    public static final int Q6_K = 14;
    public static final int IQ4_NL = 20;
    public static final int IQ4_XS = 23;

    /** The most weights that a block of any format has: what kernels reserve for decoded ones. */
    public static final int MOST_WEIGHTS = 256;

    /** Length of the array in which a format keeps the scales of a block's groups. */
    public static final int FACTORS = 16;

    private BlockFormat() {}

    /** {@return weights of a block} */
    public static int weights(int format) {
        return switch (format) {
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL -> 32;
            default -> MOST_WEIGHTS;
        };
    }

    /** {@return bytes of a block} */
    public static int bytes(int format) {
        return switch (format) {
            case Q4_0, IQ4_NL -> 18;
            case Q4_1 -> 20;
            case Q5_0 -> 22;
            case Q5_1 -> 24;
            case Q8_0 -> 34;
            case Q2_K -> 84;
            case Q3_K -> 110;
            case Q4_K -> 144;
            case Q5_K -> 176;
            case Q6_K -> 210;
            case IQ4_XS -> 136;
            default -> 0; // no such format
        };
    }

    /** Sets a private array to 0, once: blocks write it in parts, and not every compiler sees that they write all. */
    public static void clear(float[] array, int length) {
        for (int i = 0; i < length; i++) {
            array[i] = 0f;
        }
    }

    /**
     * Decodes the block at byte {@code at}.
     *
     * @param format  a number of this class
     * @param weights blocks one after the other
     * @param to      to which the block's weights are written, from index {@code from} on
     * @param factors ({@link #FACTORS}), overwritten
     */
    public static void decode(int format, ByteArray weights, int at, float[] to, int from, float[] factors) {
        switch (format) {
            case Q4_0 -> Q4Block.decode0(weights, at, to, from);
            case Q4_1 -> Q4Block.decode1(weights, at, to, from);
            case Q5_0 -> Q5Block.decode0(weights, at, to, from);
            case Q5_1 -> Q5Block.decode1(weights, at, to, from);
            case Q8_0 -> Q8Block.decode(weights, at, to, from);
            case Q2_K -> Q2KBlock.decode(weights, at, to, from);
            case Q3_K -> Q3KBlock.decode(weights, at, to, from);
            case Q4_K -> Q4KBlock.decode(weights, at, to, from, factors);
            case Q5_K -> Q5KBlock.decode(weights, at, to, from, factors);
            case Q6_K -> Q6KBlock.decode(weights, at, to, from, factors);
            case IQ4_NL -> Iq4Block.decodeNl(weights, at, to, from);
            case IQ4_XS -> Iq4Block.decodeXs(weights, at, to, from);
            default -> to[from] = 0f; // no such format
        }
    }

    /**
     * Multiplies the block at byte {@code at} with activations in int8 and adds the products to lanes.
     *
     * @param format   a number of this class
     * @param weights  blocks one after the other
     * @param x        (1, cols), int8, 32 to a scale
     * @param scales   (1, cols / 32), of x
     * @param sums     (1, cols / 32), of x: scale · Σ x
     * @param halfSums (1, cols / 16), of x
     * @param b        the scale at which the block's activations begin; the weights of a block have one or eight
     * @param lanes    see {@link Lanes}
     * @param factors  ({@link #FACTORS}), overwritten
     */
    public static void multiply(
            int format,
            ByteArray weights,
            int at,
            Int8Array x,
            FloatArray scales,
            FloatArray sums,
            FloatArray halfSums,
            int b,
            float[] lanes,
            float[] factors) {
        switch (format) {
            case Q4_0 -> Q4Block.multiply0(weights, at, x, scales, sums, b, lanes);
            case Q4_1 -> Q4Block.multiply1(weights, at, x, scales, sums, b, lanes);
            case Q5_0 -> Q5Block.multiply0(weights, at, x, scales, sums, b, lanes);
            case Q5_1 -> Q5Block.multiply1(weights, at, x, scales, sums, b, lanes);
            case Q8_0 -> Q8Block.multiply(weights, at, x, scales, b, lanes);
            case Q2_K -> Q2KBlock.multiply(weights, at, x, scales, halfSums, b, lanes, factors);
            case Q3_K -> Q3KBlock.multiply(weights, at, x, scales, halfSums, b, lanes, factors);
            case Q4_K -> Q4KBlock.multiply(weights, at, x, scales, sums, b, lanes, factors);
            case Q5_K -> Q5KBlock.multiply(weights, at, x, scales, sums, b, lanes, factors);
            case Q6_K -> Q6KBlock.multiply(weights, at, x, scales, halfSums, b, lanes, factors);
            case IQ4_NL -> Iq4Block.multiplyNl(weights, at, x, scales, b, lanes);
            case IQ4_XS -> Iq4Block.multiplyXs(weights, at, x, scales, b, lanes);
            default -> lanes[0] = 0f; // no such format
        }
    }
}
