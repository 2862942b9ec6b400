package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Lays a chunk's activations out for the matrix-matrix kernels: in panels of {@value #LANES} tokens, the tokens of
 * one column (of four columns, for int8) side by side. Panel p holds tokens p · LANES and following. Panels without a
 * token of the step are not written; lanes without one count for nothing.
 */
public final class ActivationPanels {
    /** Tokens in a panel. */
    public static final int LANES = 16;

    private ActivationPanels() {}

    /** {@return panels that a batch takes} */
    public static int count(int batch) {
        return (batch - 1) / LANES + 1;
    }

    /**
     * Copies rows into panels of fp32.
     *
     * @param x      (batch, cols)
     * @param values (panels, cols, 16)
     * @param step   see {@link StepState}
     * @param panels of the largest batch
     * @param cols   length of a row
     */
    public static void packPanels(FloatArray x, FloatArray values, IntArray step, int panels, int cols) {
        for (@Parallel int panel = 0; panel < panels; panel++) {
            for (@Parallel int col = 0; col < cols; col++) {
                int tokens = step.get(StepState.ROWS);
                int first = panel * LANES;
                if (first < tokens) {
                    int to = (panel * cols + col) * LANES;
                    for (int lane = 0; lane < LANES; lane++) {
                        int token = first + lane;
                        int source = token < tokens ? token : first;
                        float value = x.get(source * cols + col);
                        values.set(to + lane, token < tokens ? value : 0f);
                    }
                }
            }
        }
    }
}
