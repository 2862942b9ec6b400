package dev.sirocco.tasks.blocks;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/**
 * Four neighbouring weights at once, of the formats whose blocks begin at multiples of eight bytes and have them in
 * four neighbouring bytes: two of their words are one load. As in {@link BlockFormat} the format is fixed when a kernel
 * is compiled.
 */
public final class BlockQuads {
    private BlockQuads() {}

    /** {@return whether weights of a format can be taken so} */
    public static boolean fit(int format) {
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
            case BlockFormat.Q4_K -> Q4KBlock.four(weights, at, i);
            case BlockFormat.Q5_K -> Q5KBlock.four(weights, at, i);
            case BlockFormat.IQ4_XS -> Iq4Block.fourXs(weights, at, i);
            default -> 0; // no such format
        };
    }

    /**
     * {@return the integer of one of four weights}
     *
     * @param k a literal, 0 to 3
     */
    public static float integer(int format, int bits, int k) {
        int q = (bits >> (8 * k)) & 31;
        return format == BlockFormat.IQ4_XS ? Iq4Block.level(q) : q;
    }
}
