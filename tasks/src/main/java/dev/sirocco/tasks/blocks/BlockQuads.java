package dev.sirocco.tasks.blocks;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/**
 * Four neighbouring weights at once, of the formats that have them in four neighbouring bytes or at one place of
 * several words. As in {@link BlockFormat} the format is fixed when a kernel is compiled.
 */
public final class BlockQuads {
    private BlockQuads() {}

    /** {@return whether weights of a format can be taken so} Those of the others are two bytes of one load each. */
    public static boolean fit(int format) {
        return format != BlockFormat.Q8_0 && format != BlockFormat.Q4_0;
    }

    /** {@return whether words of eight neighbouring weights are one load: blocks begin at multiples of eight bytes} */
    public static boolean fitTwice(int format) {
        return switch (format) {
            case BlockFormat.Q4_K, BlockFormat.Q5_K, BlockFormat.IQ4_XS -> true;
            default -> false;
        };
    }

    /**
     * {@return the bits of four weights, a byte each}
     *
     * @param at byte at which the block begins
     * @param i  the first weight of the block, a multiple of four
     */
    public static int bits(int format, ByteArray weights, int at, int i) {
        return switch (format) {
            case BlockFormat.Q4_1 -> Q4Block.four1(weights, at, i);
            case BlockFormat.Q5_0 -> Q5Block.four0(weights, at, i);
            case BlockFormat.Q5_1 -> Q5Block.four1(weights, at, i);
            case BlockFormat.Q2_K -> Q2KBlock.four(weights, at, i);
            case BlockFormat.Q3_K -> Q3KBlock.four(weights, at, i);
            case BlockFormat.Q4_K -> Q4KBlock.four(weights, at, i);
            case BlockFormat.Q5_K -> Q5KBlock.four(weights, at, i);
            case BlockFormat.Q6_K -> Q6KBlock.four(weights, at, i);
            case BlockFormat.IQ4_NL -> Iq4Block.fourNl(weights, at, i);
            case BlockFormat.IQ4_XS -> Iq4Block.fourXs(weights, at, i);
            default -> 0; // no such format
        };
    }

    /**
     * {@return what the scale of one of four weights is multiplied with, and {@link #zero} more}
     *
     * @param k a literal, 0 to 3
     */
    public static float integer(int format, int bits, int k) {
        int q = (bits >> (8 * k)) & 63;
        return switch (format) {
            case BlockFormat.IQ4_NL, BlockFormat.IQ4_XS -> Iq4Block.level(q);
            default -> q;
        };
    }

    /** {@return the integer that stands for a weight of 0} */
    public static float zero(int format) {
        return switch (format) {
            case BlockFormat.Q3_K -> 4f;
            case BlockFormat.Q5_0 -> 16f;
            case BlockFormat.Q6_K -> 32f;
            default -> 0f;
        };
    }
}
