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
 * scale. With each block go its sum, scale · Σ q, and those of its halves, which formats with an
 * offset need.
 */
public final class ActivationQuantizer {
    /** Activations that share a scale. */
    public static final int BLOCK = 32;

    /** What the largest activation of a block becomes. */
    public static final float LARGEST = 127f;

    private static final int HALF = BLOCK / 2;
    private static final int LANES = ActivationPanels.LANES;

    private ActivationQuantizer() {}

    /**
     * Quantises rows where they lie.
     *
     * @param x      (batch, cols)
     * @param values (batch, cols), int8
     * @param scales (batch, blocks)
     * @param sums   (batch, blocks)
     * @param halfSums (batch, blocks, 2)
     * @param step   see {@link StepState}
     * @param batch  the most rows that a step can have
     * @param blocks blocks in a row: cols / 32
     */
    public static void quantizeRows(
            FloatArray x,
            Int8Array values,
            FloatArray scales,
            FloatArray sums,
            FloatArray halfSums,
            IntArray step,
            int batch,
            int blocks) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                if (t < step.get(StepState.ROWS)) {
                    int block = t * blocks + b;
                    float largest = largest(x, block * BLOCK);
                    float inverse = largest > 0f ? LARGEST / largest : 0f;
                    float scale = largest / LARGEST;
                    int first = 0;
                    int second = 0;
                    for (int i = 0; i < HALF; i++) {
                        int q = round(x.get(block * BLOCK + i) * inverse);
                        int r = round(x.get(block * BLOCK + HALF + i) * inverse);
                        values.set(block * BLOCK + i, (byte) q);
                        values.set(block * BLOCK + HALF + i, (byte) r);
                        first += q;
                        second += r;
                    }
                    scales.set(block, scale);
                    sums.set(block, scale * (first + second));
                    halfSums.set(2 * block, scale * first);
                    halfSums.set(2 * block + 1, scale * second);
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

    /**
     * Rounds rows as {@link #quantizePanels} does and lays out the numbers that the integers stand for, as
     * {@link ActivationPanels#packPanels} does: for kernels that decode weights to fp32.
     *
     * @param x      (batch, cols)
     * @param values (panels, cols, 16)
     * @param step   see {@link StepState}
     * @param panels of the largest batch
     * @param blocks blocks in a row: cols / 32
     */
    public static void roundPanels(FloatArray x, FloatArray values, IntArray step, int panels, int blocks) {
        for (@Parallel int panel = 0; panel < panels; panel++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                int tokens = step.get(StepState.ROWS);
                int first = panel * LANES;
                if (first < tokens) {
                    int to = (panel * blocks + b) * BLOCK * LANES;
                    for (int lane = 0; lane < LANES; lane++) {
                        int token = first + lane;
                        int from = ((token < tokens ? token : first) * blocks + b) * BLOCK;
                        float largest = largest(x, from);
                        float inverse = largest > 0f ? LARGEST / largest : 0f;
                        float scale = token < tokens ? largest / LARGEST : 0f;
                        for (int i = 0; i < BLOCK; i++) {
                            values.set(to + i * LANES + lane, scale * round(x.get(from + i) * inverse));
                        }
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
