package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.matmul.ByteDots;
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

    /** Bytes from one row of a tile to the next: nine words, so that sixteen rows are in different banks. */
    private static final int STRIDE = 36;

    /** Bytes that a dot product takes. */
    private static final int WORD = 4;

    private BlockTiles() {}

    /**
     * Multiplies; group (x, y) has tile x of the rows and tile y of the tokens.
     *
     * @param weights    (rows, cols)
     * @param x          (batch, cols), int8, see {@link dev.sirocco.tasks.matmul.ActivationQuantizer}
     * @param scales     (batch, cols / 32), of x
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param format     see {@link WeightParts#code}
     * @param rows       outputs
     * @param cols       inputs, a multiple of 32
     * @param tile       rows and tokens of a tile: 16, 32 or 64
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void blockTiles(
            KernelContext context,
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray out,
            IntArray step,
            int format,
            int rows,
            int cols,
            int tile,
            int accumulate) {
        byte[] left = context.allocateByteLocalArray(ROWS * STRIDE);
        byte[] right = context.allocateByteLocalArray(ROWS * STRIDE);
        float[] leftScales = context.allocateFloatLocalArray(ROWS);
        float[] rightScales = context.allocateFloatLocalArray(ROWS);
        float[] sums = new float[TileProducts.MAX_SUMS];
        int lane = context.localIdx;
        int firstRow = context.groupIdx * tile;
        int firstToken = context.groupIdy * tile;
        int tokens = step.get(StepState.ROWS);
        int blocks = cols / WeightParts.GROUP;
        int steps = firstToken < tokens ? blocks : 0;
        int side = tile / TileProducts.SIDE;
        int itemRow = lane % TileProducts.SIDE;
        int itemToken = lane / TileProducts.SIDE;
        for (int i = 0; i < TileProducts.MAX_SUMS; i++) {
            sums[i] = 0f;
        }
        for (int block = 0; block < steps; block++) {
            for (int i = lane; i < tile * WeightParts.PARTS; i += TileProducts.ITEMS) {
                int line = i / WeightParts.PARTS;
                int part = block * WeightParts.PARTS + i % WeightParts.PARTS;
                int row = TornadoMath.min(firstRow + line, rows - 1);
                int token = TornadoMath.min(firstToken + line, tokens - 1);
                WeightParts.unpack(format, weights, row, cols, part, left, line * STRIDE);
                for (int k = 0; k < WeightParts.SIZE; k++) {
                    right[line * STRIDE + i % WeightParts.PARTS * WeightParts.SIZE + k] =
                            x.get(token * cols + part * WeightParts.SIZE + k);
                }
            }
            if (lane < tile) {
                int row = TornadoMath.min(firstRow + lane, rows - 1);
                int token = TornadoMath.min(firstToken + lane, tokens - 1);
                leftScales[lane] = WeightParts.scale(format, weights, row, cols, block);
                rightScales[lane] = scales.get(token * blocks + block);
            }
            context.localBarrier();
            for (int i = 0; i < side; i++) {
                int row = itemRow + i * TileProducts.SIDE;
                for (int j = 0; j < side; j++) {
                    int token = itemToken + j * TileProducts.SIDE;
                    int dot = 0;
                    for (int k = 0; k < WeightParts.GROUP; k += WORD) {
                        dot += ByteDots.signed(left, row * STRIDE + k, right, token * STRIDE + k);
                    }
                    sums[i * side + j] += leftScales[row] * rightScales[token] * dot;
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
}
