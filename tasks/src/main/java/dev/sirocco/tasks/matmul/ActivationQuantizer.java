package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rounds activations to int8, 32 to a scale: scale = max|x| / 127, q = round(x / scale), halves away from zero. This is
 * llama.cpp's {@code quantize_row_q8_0}, but the scale stays fp32. The error of an element is at most half a scale.
 */
public final class ActivationQuantizer {
    /** Activations that share a scale. */
    public static final int BLOCK = 32;

    /** The largest quantised magnitude. */
    static final float LARGEST = 127f;

    private ActivationQuantizer() {}

    /**
     * Quantises rows.
     *
     * @param x      (batch, cols)
     * @param values (batch, cols), int8
     * @param scales (batch, blocks)
     * @param step   see {@link StepState}
     * @param batch  the most rows that a step can have
     * @param blocks blocks in a row: cols / 32
     */
    public static void quantizeToInt8(
            FloatArray x, Int8Array values, FloatArray scales, IntArray step, int batch, int blocks) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int b = 0; b < blocks; b++) {
                if (t < step.get(StepState.ROWS)) {
                    int start = (t * blocks + b) * BLOCK;
                    float largest = 0f;
                    for (int i = 0; i < BLOCK; i++) {
                        largest = TornadoMath.max(largest, TornadoMath.abs(x.get(start + i)));
                    }
                    float inverse = largest > 0f ? LARGEST / largest : 0f;
                    for (int i = 0; i < BLOCK; i++) {
                        values.set(start + i, (byte) round(x.get(start + i) * inverse));
                    }
                    scales.set(t * blocks + b, largest / LARGEST);
                }
            }
        }
    }

    /** {@return the nearest integer, halves away from zero} */
    static int round(float value) {
        return (int) (value + (value < 0f ? -0.5f : 0.5f));
    }
}
