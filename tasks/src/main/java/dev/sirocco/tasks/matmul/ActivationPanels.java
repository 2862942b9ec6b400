package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Lays a chunk's activations out for the matrix-matrix kernels: in panels of {@value #LANES} tokens, the tokens of one
 * column side by side. A panel is (cols, LANES), and panel p holds tokens p · LANES and following; lanes beyond the
 * step's last token are 0.
 */
public final class ActivationPanels {
    /** Tokens in a panel. */
    public static final int LANES = 16;

    private static final int BLOCK = ActivationQuantizer.BLOCK;

    private ActivationPanels() {}

    /** {@return panels that a batch takes} */
    public static int count(int batch) {
        return (batch - 1) / LANES + 1;
    }

    /**
     * Copies rows into panels.
     *
     * @param x      (batch, cols)
     * @param panels (count, cols, LANES)
     * @param step   see {@link StepState}
     * @param count  panels of the largest batch
     * @param cols   length of a row
     */
    public static void packPanels(FloatArray x, FloatArray panels, IntArray step, int count, int cols) {
        for (@Parallel int panel = 0; panel < count; panel++) {
            for (@Parallel int col = 0; col < cols; col++) {
                int tokens = step.get(StepState.ROWS);
                int first = panel * LANES;
                if (first < tokens) {
                    int to = (panel * cols + col) * LANES;
                    for (int lane = 0; lane < LANES; lane++) {
                        int token = first + lane;
                        int source = token < tokens ? token : first;
                        float value = x.get(source * cols + col);
                        panels.set(to + lane, token < tokens ? value : 0f);
                    }
                }
            }
        }
    }

    /**
     * Copies rows into panels and rounds them as {@link ActivationQuantizer} does, so that a chunk and single tokens
     * see the same activations: what is written is scale · q. Products with it in fp32 differ from those with the
     * integers by fp32's rounding only.
     *
     * @param x      (batch, cols)
     * @param panels (count, cols, LANES)
     * @param step   see {@link StepState}
     * @param count  panels of the largest batch
     * @param blocks blocks in a row: cols / 32
     */
    public static void packRoundedPanels(FloatArray x, FloatArray panels, IntArray step, int count, int blocks) {
        for (@Parallel int panel = 0; panel < count; panel++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                int tokens = step.get(StepState.ROWS);
                int first = panel * LANES;
                if (first < tokens) {
                    int to = (panel * blocks + b) * BLOCK * LANES;
                    for (int lane = 0; lane < LANES; lane++) {
                        int token = first + lane;
                        int from = ((token < tokens ? token : first) * blocks + b) * BLOCK;
                        float largest = 0f;
                        for (int i = 0; i < BLOCK; i++) {
                            largest = TornadoMath.max(largest, TornadoMath.abs(x.get(from + i)));
                        }
                        float inverse = largest > 0f ? ActivationQuantizer.LARGEST / largest : 0f;
                        float scale = token < tokens ? largest / ActivationQuantizer.LARGEST : 0f;
                        for (int i = 0; i < BLOCK; i++) {
                            int rounded = ActivationQuantizer.round(x.get(from + i) * inverse);
                            panels.set(to + i * LANES + lane, rounded * scale);
                        }
                    }
                }
            }
        }
    }
}
