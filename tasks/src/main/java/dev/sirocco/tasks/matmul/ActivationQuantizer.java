package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rounds activations to int8, 32 to a scale: scale = max|x| / 127, q = round(x / scale), halves away from zero. This
 * is llama.cpp's {@code quantize_row_q8_0}, but the scale stays fp32. The error of an element is at most half a
 * scale. With each block goes its sum, scale · Σ q, which formats with an offset need.
 */
public final class ActivationQuantizer {
    /** Activations that share a scale. */
    public static final int BLOCK = 32;

    /** What the largest activation of a block becomes. */
    public static final float LARGEST = 127f;

    private static final int LANES = ActivationPanels.LANES;

    private ActivationQuantizer() {}

    /**
     * Quantises rows where they lie.
     *
     * @param x      (batch, cols)
     * @param values (batch, cols), int8
     * @param scales (batch, blocks)
     * @param sums   (batch, blocks)
     * @param step   see {@link StepState}
     * @param batch  the most rows that a step can have
     * @param blocks blocks in a row: cols / 32
     */
    public static void quantizeRows(
            FloatArray x, Int8Array values, FloatArray scales, FloatArray sums, IntArray step, int batch, int blocks) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                if (t < step.get(StepState.ROWS)) {
                    int block = t * blocks + b;
                    float largest = largest(x, block * BLOCK);
                    float inverse = largest > 0f ? LARGEST / largest : 0f;
                    int sum = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        int q = round(x.get(block * BLOCK + i) * inverse);
                        values.set(block * BLOCK + i, (byte) q);
                        sum += q;
                    }
                    scales.set(block, largest / LARGEST);
                    sums.set(block, largest / LARGEST * sum);
                }
            }
        }
    }

    /**
     * Quantises rows into panels, see {@link ActivationPanels}. Lanes beyond the step's last token get scale 0.
     *
     * @param x      (batch, cols)
     * @param values (panels, blocks, 8, 16, 4), int8: for each block its eight words of four columns, for each word the
     *               sixteen tokens side by side
     * @param scales (panels, blocks, 16)
     * @param sums   (panels, blocks, 16)
     * @param step   see {@link StepState}
     * @param panels of the largest batch
     * @param blocks blocks in a row: cols / 32
     */
    public static void quantizePanels(
            FloatArray x, Int8Array values, FloatArray scales, FloatArray sums, IntArray step, int panels, int blocks) {
        for (@Parallel int panel = 0; panel < panels; panel++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                int tokens = step.get(StepState.ROWS);
                int first = panel * LANES;
                if (first < tokens) {
                    int block = panel * blocks + b;
                    for (int lane = 0; lane < LANES; lane++) {
                        int token = first + lane;
                        int from = ((token < tokens ? token : first) * blocks + b) * BLOCK;
                        float largest = largest(x, from);
                        float inverse = largest > 0f ? LARGEST / largest : 0f;
                        int sum = 0;
                        for (int i = 0; i < BLOCK; i++) {
                            int q = round(x.get(from + i) * inverse);
                            values.set(((block * 8 + i / 4) * LANES + lane) * 4 + i % 4, (byte) q);
                            sum += q;
                        }
                        float scale = token < tokens ? largest / LARGEST : 0f;
                        scales.set(block * LANES + lane, scale);
                        sums.set(block * LANES + lane, scale * sum);
                    }
                }
            }
        }
    }

    private static float largest(FloatArray x, int from) {
        float largest = 0f;
        for (int i = 0; i < BLOCK; i++) {
            largest = TornadoMath.max(largest, TornadoMath.abs(x.get(from + i)));
        }
        return largest;
    }

    /** {@return the nearest integer, halves away from zero} */
    public static int round(float value) {
        return (int) (value + (value < 0f ? -0.5f : 0.5f));
    }
}
