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
                    int at = t * ffnDim + i;
                    out.set(at, gate(gate.get(at), up.get(at)));
                }
            }
        }
    }

    /** {@return {@code gate · sigmoid(gate) · up}} For kernels that compute both themselves. */
    public static float gate(float gate, float up) {
        float decay = TornadoMath.exp(TornadoMath.min(-gate, LARGEST_EXPONENT));
        return gate / (1f + decay) * up;
    }
}
