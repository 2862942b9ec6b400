package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.blocks.Lanes;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with weights in any block format and activations rounded to int8. */
public final class BlockProduct {
    private static final int SIZE = BlockFormat.MOST_WEIGHTS;

    private BlockProduct() {}

    /**
     * Multiplies the first row of the activations, when the step has one. A work-item reads one row of weights from
     * one end to the other.
     *
     * @param weights    (rows, cols), blocks
     * @param x          (1, cols), int8, see {@link ActivationQuantizer}
     * @param scales     (1, cols / 32), of x
     * @param sums       (1, cols / 32), of x
     * @param halfSums   (1, cols / 16), of x
     * @param out        (1, rows)
     * @param step       see {@link StepState}
     * @param format     of the blocks, see {@link BlockFormat}
     * @param size       weights of a block
     * @param bytes      of a block
     * @param rows       outputs
     * @param cols       inputs, a multiple of {@code size}
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void blockMatrixVector(
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray sums,
            FloatArray halfSums,
            FloatArray out,
            IntArray step,
            int format,
            int size,
            int bytes,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            if (step.get(StepState.ROWS) > 0) {
                float[] lanes = new float[Lanes.COUNT];
                float[] factors = new float[BlockFormat.FACTORS];
                Lanes.clear(lanes);
                BlockFormat.clear(factors, BlockFormat.FACTORS);
                int blocks = cols / size;
                for (int b = 0; b < blocks; b++) {
                    int at = (row * blocks + b) * bytes;
                    int scale = b * (size / ActivationQuantizer.BLOCK);
                    BlockFormat.multiply(format, weights, at, x, scales, sums, halfSums, scale, lanes, factors);
                }
                Output.put(out, row, Lanes.sum(lanes), accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk; one work-item a tile of four rows of weights.
     *
     * @param weights    (rows, cols), blocks
     * @param panels     (panels, cols, 16), see {@link ActivationQuantizer#roundPanels}
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param format     of the blocks, see {@link BlockFormat}
     * @param size       weights of a block
     * @param bytes      of a block
     * @param tiles      ⌈rows / 4⌉
     * @param rows       outputs
     * @param cols       inputs, a multiple of {@code size}
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void blockMatrixMatrix(
            ByteArray weights,
            FloatArray panels,
            FloatArray out,
            IntArray step,
            int format,
            int size,
            int bytes,
            int tiles,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int tile = 0; tile < tiles; tile++) {
            float[] decoded = new float[PanelTile.ROWS * SIZE];
            float[] factors = new float[BlockFormat.FACTORS];
            float[] sums0 = new float[PanelTile.LANES];
            float[] sums1 = new float[PanelTile.LANES];
            float[] sums2 = new float[PanelTile.LANES];
            float[] sums3 = new float[PanelTile.LANES];
            BlockFormat.clear(decoded, PanelTile.ROWS * SIZE);
            BlockFormat.clear(factors, BlockFormat.FACTORS);
            int tokens = step.get(StepState.ROWS);
            int blocks = cols / size;
            int row = tile * PanelTile.ROWS;
            int row0 = row * blocks;
            int row1 = TornadoMath.min(row + 1, rows - 1) * blocks;
            int row2 = TornadoMath.min(row + 2, rows - 1) * blocks;
            int row3 = TornadoMath.min(row + 3, rows - 1) * blocks;
            for (int first = 0; first < tokens; first += PanelTile.LANES) {
                PanelTile.clear(sums0, sums1, sums2, sums3);
                for (int b = 0; b < blocks; b++) {
                    BlockFormat.decode(format, weights, (row0 + b) * bytes, decoded, 0, factors);
                    BlockFormat.decode(format, weights, (row1 + b) * bytes, decoded, SIZE, factors);
                    BlockFormat.decode(format, weights, (row2 + b) * bytes, decoded, 2 * SIZE, factors);
                    BlockFormat.decode(format, weights, (row3 + b) * bytes, decoded, 3 * SIZE, factors);
                    int panel = (first / PanelTile.LANES * cols + b * size) * PanelTile.LANES;
                    PanelTile.multiplyAdd(decoded, SIZE, panels, panel, size, sums0, sums1, sums2, sums3);
                }
                PanelTile.store(out, sums0, sums1, sums2, sums3, row, rows, first, tokens, accumulate);
            }
        }
    }
}
