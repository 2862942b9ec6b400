package dev.sirocco.tasks.normalization;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Root-mean-square normalisation (Zhang and Sennrich, arXiv 1910.07467), as the Mistral reference applies it. */
public final class RmsNorm {
    private RmsNorm() {}

    /**
     * Normalises rows: {@code out[t] = x[firstRow + t] / sqrt(mean(x²) + epsilon) · weight}.
     *
     * @param x       (any, dim), of which rows {@code firstRow … firstRow + rows − 1} are read
     * @param weight  (dim)
     * @param out     (batch, dim), of which rows {@code 0 … rows − 1} are written
     * @param step    see {@link StepState}
     * @param batch   the most rows that a step can have
     * @param dim     length of a row
     * @param epsilon added to the mean square
     */
    public static void rmsNorm(
            FloatArray x, FloatArray weight, FloatArray out, IntArray step, int batch, int dim, float epsilon) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int from = (step.get(StepState.FIRST_ROW) + t) * dim;
                int to = t * dim;
                float squares = 0f;
                for (int i = 0; i < dim; i++) {
                    squares += x.get(from + i) * x.get(from + i);
                }
                float scale = 1f / TornadoMath.sqrt(squares / dim + epsilon);
                for (int i = 0; i < dim; i++) {
                    out.set(to + i, x.get(from + i) * scale * weight.get(i));
                }
            }
        }
    }
}
