package dev.sirocco.tasks.feedforward;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The gated activation of the feed-forward network (Shazeer, arXiv 2002.05202). */
public final class SwiGlu {
    /** Keeps e^−x finite, which fast-math arithmetic needs; silu(−80) is below 1e-32 anyway. */
    private static final float LARGEST_EXPONENT = 80f;

    private SwiGlu() {}

    /**
     * Gates: {@code out = gate · sigmoid(gate) · up}, element by element.
     *
     * @param gate   (batch, ffnDim)
     * @param up     (batch, ffnDim)
     * @param out    (batch, ffnDim)
     * @param step   see {@link StepState}
     * @param batch  the most rows that a step can have
     * @param ffnDim length of a row
     */
    public static void swiGlu(FloatArray gate, FloatArray up, FloatArray out, IntArray step, int batch, int ffnDim) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int i = 0; i < ffnDim; i++) {
                if (t < step.get(StepState.ROWS)) {
                    float g = gate.get(t * ffnDim + i);
                    float decay = TornadoMath.exp(TornadoMath.min(-g, LARGEST_EXPONENT));
                    out.set(t * ffnDim + i, g / (1f + decay) * up.get(t * ffnDim + i));
                }
            }
        }
    }
}
