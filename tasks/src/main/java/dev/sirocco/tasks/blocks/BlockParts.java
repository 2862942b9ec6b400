package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * How blocks of any format are shared out among work-items: in parts, whose neighbours read neighbouring bytes, or in
 * single weights, as {@code scale · integer + offset} with a scale and an offset for each sixteen. As in {@link
 * BlockFormat} the format is fixed when a kernel is compiled.
 *
 * <p>A part's weights need not be neighbours: those that lie in the same bytes belong to the same part.
 */
public final class BlockParts {
    /** Weights that have a scale and an offset in common. */
    public static final int HALF = 16;

    private BlockParts() {}

    /** {@return weights in a part} */
    public static int size(int format) {
        return switch (format) {
            case BlockFormat.Q4_K, BlockFormat.Q5_K, BlockFormat.IQ4_XS -> 32;
            case BlockFormat.Q2_K, BlockFormat.Q3_K -> 16;
            default -> 8;
        };
    }

    /**
     * {@return the product of a part with activations in int8}
     *
     * @param format   a number of {@link BlockFormat}
     * @param weights  blocks one after the other
     * @param at       byte at which the part's block begins
     * @param part     of the block
     * @param x        (1, cols), int8, 32 to a scale
     * @param scales   (1, cols / 32), of x
     * @param halfSums (1, cols / 16), of x: scale · Σ x
     * @param b        the scale at which the block's activations begin
     */
    public static float multiply(
            int format,
            ByteArray weights,
            int at,
            int part,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int b) {
        return switch (format) {
            case BlockFormat.Q4_0 -> Q4Block.multiplyPart0(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q4_1 -> Q4Block.multiplyPart1(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q5_0 -> Q5Block.multiplyPart0(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q5_1 -> Q5Block.multiplyPart1(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q8_0 -> Q8Block.multiplyPart(weights, at, part, x, scales, b);
            case BlockFormat.Q2_K -> Q2KBlock.multiplyPart(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q3_K -> Q3KBlock.multiplyPart(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q4_K -> Q4KBlock.multiplyPart(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q5_K -> Q5KBlock.multiplyPart(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.Q6_K -> Q6KBlock.multiplyPart(weights, at, part, x, scales, halfSums, b);
            case BlockFormat.IQ4_NL -> Iq4Block.multiplyPartNl(weights, at, part, x, scales, b);
            case BlockFormat.IQ4_XS -> Iq4Block.multiplyPartXs(weights, at, part, x, scales, b);
            default -> 0f; // no such format
        };
    }

    /**
     * {@return the integer of weight i of a block, which fits a byte}
     *
     * @param at byte at which the block begins
     */
    public static int integer(int format, ByteArray weights, int at, int i) {
        return switch (format) {
            case BlockFormat.Q4_0 -> Q4Block.integer0(weights, at, i);
            case BlockFormat.Q4_1 -> Q4Block.integer1(weights, at, i);
            case BlockFormat.Q5_0 -> Q5Block.integer0(weights, at, i);
            case BlockFormat.Q5_1 -> Q5Block.integer1(weights, at, i);
            case BlockFormat.Q8_0 -> Q8Block.integer(weights, at, i);
            case BlockFormat.Q2_K -> Q2KBlock.integer(weights, at, i);
            case BlockFormat.Q3_K -> Q3KBlock.integer(weights, at, i);
            case BlockFormat.Q4_K -> Q4KBlock.integer(weights, at, i);
            case BlockFormat.Q5_K -> Q5KBlock.integer(weights, at, i);
            case BlockFormat.Q6_K -> Q6KBlock.integer(weights, at, i);
            case BlockFormat.IQ4_NL -> Iq4Block.integerNl(weights, at, i);
            case BlockFormat.IQ4_XS -> Iq4Block.integerXs(weights, at, i);
            default -> 0; // no such format
        };
    }

    /**
     * {@return what the integers of a half are multiplied with}
     *
     * @param at   byte at which the block begins
     * @param half of the block: sixteen weights
     */
    public static float scale(int format, ByteArray weights, int at, int half) {
        return switch (format) {
            case BlockFormat.Q4_1, BlockFormat.Q5_1 -> Float16.of(ByteWords.get(weights, at));
            case BlockFormat.Q2_K -> Q2KBlock.scale(weights, at, half);
            case BlockFormat.Q3_K -> Q3KBlock.scale(weights, at, half);
            case BlockFormat.Q4_K, BlockFormat.Q5_K -> SixBitScales.scale(weights, at, half / 2);
            case BlockFormat.Q6_K -> Q6KBlock.scale(weights, at, half);
            case BlockFormat.IQ4_XS -> Iq4Block.scaleXs(weights, at, half / 2);
            default -> Float16.get(weights, at);
        };
    }

    /** {@return whether scales may differ within 32 weights} */
    public static boolean scalesHalves(int format) {
        return format == BlockFormat.Q2_K || format == BlockFormat.Q3_K || format == BlockFormat.Q6_K;
    }

    /** {@return what is added to the scaled integers of a half; arguments are those of {@link #scale}} */
    public static float offset(int format, ByteArray weights, int at, int half) {
        return switch (format) {
            case BlockFormat.Q4_1, BlockFormat.Q5_1 -> Float16.of(ByteWords.get(weights, at) >> 16);
            case BlockFormat.Q2_K -> Q2KBlock.offset(weights, at, half);
            case BlockFormat.Q4_K, BlockFormat.Q5_K -> SixBitScales.offset(weights, at, half / 2);
            default -> 0f;
        };
    }

    /** {@return whether {@link #offset} is other than 0} */
    public static boolean hasOffsets(int format) {
        return format == BlockFormat.Q4_1
                || format == BlockFormat.Q5_1
                || format == BlockFormat.Q2_K
                || format == BlockFormat.Q4_K
                || format == BlockFormat.Q5_K;
    }
}
