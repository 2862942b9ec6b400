package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with {@link WeightFormat#F16} weights; fp16 is storage only, the arithmetic is fp32. */
public final class Float16Product {
    /** Tokens that share a load of the weights. */
    private static final int TILE = 4;

    private Float16Product() {}

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
    public static void f16MatrixVector(
            HalfFloatArray weights, FloatArray x, FloatArray out, IntArray step, int rows, int cols, int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            if (step.get(StepState.ROWS) > 0) {
                float sum = dotRow(weights, row * cols, x, 0, cols);
                Output.put(out, row, sum, accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk.
     *
     * @param weights    (rows, cols)
     * @param x          (batch, cols)
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void f16MatrixMatrix(
            HalfFloatArray weights, FloatArray x, FloatArray out, IntArray step, int rows, int cols, int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            int tokens = step.get(StepState.ROWS);
            int start = row * cols;
            int t = 0;
            while (t + TILE <= tokens) {
                int x0 = t * cols;
                int x1 = x0 + cols;
                int x2 = x1 + cols;
                int x3 = x2 + cols;
                float sum0 = 0f;
                float sum1 = 0f;
                float sum2 = 0f;
                float sum3 = 0f;
                for (int i = 0; i < cols; i++) {
                    float weight = weights.get(start + i).getFloat32();
                    sum0 += weight * x.get(x0 + i);
                    sum1 += weight * x.get(x1 + i);
                    sum2 += weight * x.get(x2 + i);
                    sum3 += weight * x.get(x3 + i);
                }
                int at = t * rows + row;
                Output.put(out, at, sum0, accumulate);
                Output.put(out, at + rows, sum1, accumulate);
                Output.put(out, at + 2 * rows, sum2, accumulate);
                Output.put(out, at + 3 * rows, sum3, accumulate);
                t += TILE;
            }
            while (t < tokens) {
                float sum = dotRow(weights, start, x, t * cols, cols);
                int at = t * rows + row;
                Output.put(out, at, sum, accumulate);
                t++;
            }
        }
    }

    private static float dotRow(HalfFloatArray weights, int start, FloatArray x, int from, int cols) {
        float sum = 0f;
        for (int i = 0; i < cols; i++) {
            sum += weights.get(start + i).getFloat32() * x.get(from + i);
        }
        return sum;
    }
}
