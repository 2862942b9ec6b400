package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with {@link WeightFormat#Q8_0} weights and activations rounded to int8. */
public final class Q8Product {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;
    private static final int SCALE_BYTES = 2;

    private Q8Product() {}

    /**
     * Multiplies the first row of the activations, when the step has one. A block's sum is exact.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param x          (1, cols), int8
     * @param scales     (1, cols / 32), of x
     * @param out        (1, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs, a multiple of 32
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void q8MatrixVector(
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            if (step.get(StepState.ROWS) > 0) {
                int blocks = cols / BLOCK;
                float sum = 0f;
                for (int b = 0; b < blocks; b++) {
                    int block = (row * blocks + b) * BLOCK_BYTES;
                    int dot = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        dot += weights.get(block + SCALE_BYTES + i) * x.get(b * BLOCK + i);
                    }
                    sum += dot * (weights.getHalfFloat(block).getFloat32() * scales.get(b));
                }
                Output.put(out, row, sum, accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk; one work-item a tile of four rows of weights.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param panels     (panels, cols, 16), rounded, see {@link ActivationPanels}
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param tiles      ⌈rows / 4⌉
     * @param rows       outputs
     * @param cols       inputs, a multiple of 32
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void q8MatrixMatrix(
            ByteArray weights,
            FloatArray panels,
            FloatArray out,
            IntArray step,
            int tiles,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int tile = 0; tile < tiles; tile++) {
            float[] decoded = new float[PanelTile.ROWS * BLOCK];
            float[] sums0 = new float[PanelTile.LANES];
            float[] sums1 = new float[PanelTile.LANES];
            float[] sums2 = new float[PanelTile.LANES];
            float[] sums3 = new float[PanelTile.LANES];
            int tokens = step.get(StepState.ROWS);
            int blocks = cols / BLOCK;
            int row = tile * PanelTile.ROWS;
            int row0 = row * blocks;
            int row1 = TornadoMath.min(row + 1, rows - 1) * blocks;
            int row2 = TornadoMath.min(row + 2, rows - 1) * blocks;
            int row3 = TornadoMath.min(row + 3, rows - 1) * blocks;
            for (int first = 0; first < tokens; first += PanelTile.LANES) {
                PanelTile.clear(sums0);
                PanelTile.clear(sums1);
                PanelTile.clear(sums2);
                PanelTile.clear(sums3);
                for (int b = 0; b < blocks; b++) {
                    decodeBlock(weights, row0 + b, decoded, 0);
                    decodeBlock(weights, row1 + b, decoded, BLOCK);
                    decodeBlock(weights, row2 + b, decoded, 2 * BLOCK);
                    decodeBlock(weights, row3 + b, decoded, 3 * BLOCK);
                    int panel = (first / PanelTile.LANES * blocks + b) * BLOCK * PanelTile.LANES;
                    PanelTile.multiplyAdd(decoded, panels, panel, BLOCK, sums0, sums1, sums2, sums3);
                }
                PanelTile.store(out, sums0, row, rows, first, tokens, accumulate);
                PanelTile.store(out, sums1, row + 1, rows, first, tokens, accumulate);
                PanelTile.store(out, sums2, row + 2, rows, first, tokens, accumulate);
                PanelTile.store(out, sums3, row + 3, rows, first, tokens, accumulate);
            }
        }
    }

    /** Decodes one block, counted from the matrix's first, to {@code decoded[at …]}. */
    private static void decodeBlock(ByteArray weights, int index, float[] decoded, int at) {
        int block = index * BLOCK_BYTES;
        float scale = weights.getHalfFloat(block).getFloat32();
        for (int i = 0; i < BLOCK; i++) {
            decoded[at + i] = scale * weights.get(block + SCALE_BYTES + i);
        }
    }
}
