package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.float16.BFloat16;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Products with {@link WeightFormat#BF16} weights; the arithmetic is fp32. */
public final class BFloat16Product {
    private BFloat16Product() {}

    /**
     * Multiplies the first row of the activations, when the step has one.
     *
     * @param weights    (rows, cols)
     * @param x          (1, cols)
     * @param out        (1, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void bf16MatrixVector(
            ShortArray weights, FloatArray x, FloatArray out, IntArray step, int rows, int cols, int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            if (step.get(StepState.ROWS) > 0) {
                int from = row * cols;
                float sum = 0f;
                for (int i = 0; i < cols; i++) {
                    sum += BFloat16.get(weights, from + i) * x.get(i);
                }
                Output.put(out, row, sum, accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk; one work-item a tile of four rows of weights.
     *
     * @param weights    (rows, cols)
     * @param panels     (panels, cols, 16), see {@link ActivationPanels}
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param tiles      ⌈rows / 4⌉
     * @param rows       outputs
     * @param cols       inputs
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void bf16MatrixMatrix(
            ShortArray weights,
            FloatArray panels,
            FloatArray out,
            IntArray step,
            int tiles,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int tile = 0; tile < tiles; tile++) {
            float[] decoded = new float[PanelTile.ROWS * PanelTile.COLUMNS];
            float[] sums0 = new float[PanelTile.LANES];
            float[] sums1 = new float[PanelTile.LANES];
            float[] sums2 = new float[PanelTile.LANES];
            float[] sums3 = new float[PanelTile.LANES];
            int tokens = step.get(StepState.ROWS);
            int row = tile * PanelTile.ROWS;
            int row0 = row * cols;
            int row1 = TornadoMath.min(row + 1, rows - 1) * cols;
            int row2 = TornadoMath.min(row + 2, rows - 1) * cols;
            int row3 = TornadoMath.min(row + 3, rows - 1) * cols;
            for (int first = 0; first < tokens; first += PanelTile.LANES) {
                PanelTile.clear(sums0, sums1, sums2, sums3);
                for (int col = 0; col < cols; col += PanelTile.COLUMNS) {
                    int columns = TornadoMath.min(PanelTile.COLUMNS, cols - col);
                    decode(weights, row0 + col, columns, decoded, 0);
                    decode(weights, row1 + col, columns, decoded, PanelTile.COLUMNS);
                    decode(weights, row2 + col, columns, decoded, 2 * PanelTile.COLUMNS);
                    decode(weights, row3 + col, columns, decoded, 3 * PanelTile.COLUMNS);
                    int panel = (first / PanelTile.LANES * cols + col) * PanelTile.LANES;
                    PanelTile.multiplyAdd(
                            decoded, PanelTile.COLUMNS, panels, panel, columns, sums0, sums1, sums2, sums3);
                }
                PanelTile.store(out, sums0, sums1, sums2, sums3, row, rows, first, tokens, accumulate);
            }
        }
    }

    /** Decodes the weights from index {@code from} on to {@code decoded[at …]}. */
    private static void decode(ShortArray weights, int from, int count, float[] decoded, int at) {
        for (int i = 0; i < count; i++) {
            decoded[at + i] = BFloat16.get(weights, from + i);
        }
    }
}
