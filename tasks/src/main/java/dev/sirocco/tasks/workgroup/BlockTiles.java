package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.blocks.ByteDots;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix-matrix products with block format weights for work-groups. A group of {@value TileProducts#ITEMS} work-items
 * computes a tile of {@code tile} rows times {@code tile} tokens, 32 columns at a time: it brings both operands to
 * local memory as int8, where a weight is unpacked once for all tokens, and each work-item keeps the sums of {@code
 * tile / 16} rows and tokens in registers.
 */
public final class BlockTiles {
    private static final int ROWS = TileProducts.MAX_TILE;

    /** Columns that are in local memory at once. */
    private static final int COLUMNS = ActivationQuantizer.BLOCK;

    private static final int HALF = BlockParts.HALF;

    /** Bytes from one row of a tile to the next: nine words, so that sixteen rows are in different banks. */
    private static final int STRIDE = 36;

    /** Bytes that a dot product takes. */
    private static final int WORD = 4;

    /** Columns that a work-item brings at once. */
    private static final int SPAN = 8;

    private static final int SPANS = COLUMNS / SPAN;

    private BlockTiles() {}

    /**
     * Multiplies; group (x, y) has tile x of the rows and tile y of the tokens.
     *
     * @param weights    (rows, cols)
     * @param x          (batch, cols), int8, see {@link ActivationQuantizer}
     * @param scales     (batch, cols / 32), of x
     * @param halfSums   (batch, cols / 16), of x
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param format     see {@link BlockFormat}
     * @param rows       outputs
     * @param cols       inputs, whole blocks
     * @param tile       rows and tokens of a tile: 16, 32 or 64
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void blockTiles(
            KernelContext context,
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            FloatArray out,
            IntArray step,
            int format,
            int rows,
            int cols,
            int tile,
            int accumulate) {
        byte[] left = context.allocateByteLocalArray(ROWS * STRIDE);
        byte[] right = context.allocateByteLocalArray(ROWS * STRIDE);
        float[] leftScales = context.allocateFloatLocalArray(2 * ROWS);
        float[] leftOffsets = context.allocateFloatLocalArray(2 * ROWS);
        float[] rightScales = context.allocateFloatLocalArray(ROWS);
        float[] rightSums = context.allocateFloatLocalArray(2 * ROWS);
        float[] sums = new float[TileProducts.MAX_SUMS];
        int lane = context.localIdx;
        int firstRow = context.groupIdx * tile;
        int firstToken = context.groupIdy * tile;
        int tokens = step.get(StepState.ROWS);
        int size = BlockFormat.weights(format);
        int groups = cols / COLUMNS;
        int steps = firstToken < tokens ? groups : 0;
        int side = tile / TileProducts.SIDE;
        int itemRow = lane % TileProducts.SIDE;
        int itemToken = lane / TileProducts.SIDE;
        for (int i = 0; i < TileProducts.MAX_SUMS; i++) {
            sums[i] = 0f;
        }
        for (int group = 0; group < steps; group++) {
            int block = group * COLUMNS / size;
            int within = group * COLUMNS % size; // of the block, where the columns begin
            for (int i = lane; i < tile * SPANS; i += TileProducts.ITEMS) {
                int line = i / SPANS;
                int span = i % SPANS * SPAN;
                int row = TornadoMath.min(firstRow + line, rows - 1);
                int token = TornadoMath.min(firstToken + line, tokens - 1);
                int at = (row * (cols / size) + block) * BlockFormat.bytes(format);
                for (int k = 0; k < SPAN; k++) {
                    left[line * STRIDE + span + k] = (byte) BlockParts.integer(format, weights, at, within + span + k);
                    right[line * STRIDE + span + k] = x.get(token * cols + group * COLUMNS + span + k);
                }
            }
            if (lane < 2 * tile) {
                int line = lane / 2;
                int half = lane % 2;
                int row = TornadoMath.min(firstRow + line, rows - 1);
                int token = TornadoMath.min(firstToken + line, tokens - 1);
                int at = (row * (cols / size) + block) * BlockFormat.bytes(format);
                leftScales[lane] = BlockParts.scale(format, weights, at, within / HALF + half);
                leftOffsets[lane] = BlockParts.offset(format, weights, at, within / HALF + half);
                rightSums[lane] = halfSums.get(2 * (token * groups + group) + half);
                if (half == 0) {
                    rightScales[line] = scales.get(token * groups + group);
                }
            }
            context.localBarrier();
            for (int i = 0; i < side; i++) {
                int row = itemRow + i * TileProducts.SIDE;
                for (int j = 0; j < side; j++) {
                    int token = itemToken + j * TileProducts.SIDE;
                    float product = halves(format, left, leftScales, row, right, token);
                    sums[i * side + j] += rightScales[token] * product;
                    if (BlockParts.hasOffsets(format)) {
                        sums[i * side + j] += leftOffsets[2 * row] * rightSums[2 * token]
                                + leftOffsets[2 * row + 1] * rightSums[2 * token + 1];
                    }
                }
            }
            context.localBarrier();
        }
        for (int i = 0; i < side; i++) {
            int row = firstRow + itemRow + i * TileProducts.SIDE;
            for (int j = 0; j < side; j++) {
                int token = firstToken + itemToken + j * TileProducts.SIDE;
                if (row < rows && token < tokens) {
                    Output.put(out, token * rows + row, sums[i * side + j], accumulate);
                }
            }
        }
    }

    /** {@return the scaled products of a row's and a token's integers} Of most formats a scale serves both halves. */
    private static float halves(int format, byte[] left, float[] leftScales, int row, byte[] right, int token) {
        int first = 0;
        int second = 0;
        for (int k = 0; k < HALF; k += WORD) {
            first += ByteDots.signed(left, row * STRIDE + k, right, token * STRIDE + k);
            second += ByteDots.signed(left, row * STRIDE + HALF + k, right, token * STRIDE + HALF + k);
        }
        return BlockParts.scalesHalves(format)
                ? leftScales[2 * row] * first + leftScales[2 * row + 1] * second
                : leftScales[2 * row] * (first + second);
    }
}
