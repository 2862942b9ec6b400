package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with {@link WeightFormat#Q8_0} weights and int8 activations. */
public final class Q8Product {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;
    private static final int SCALE_BYTES = 2;

    /** Tokens that share a load of the weights. */
    private static final int TILE = 4;

    private Q8Product() {}

    /**
     * Multiplies the first row of the activations, when the step has one.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param x          (1, cols), int8
     * @param scales     (1, cols / 32), of x
     * @param out        (1, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs, a multiple of 32
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void q8MatrixVector(
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            if (step.get(StepState.ROWS) > 0) {
                int blocks = cols / BLOCK;
                float sum = dotRow(weights, row * blocks * BLOCK_BYTES, x, scales, 0, blocks);
                Output.put(out, row, sum, accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param x          (batch, cols), int8
     * @param scales     (batch, cols / 32), of x
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs, a multiple of 32
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void q8MatrixMatrix(
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int row = 0; row < rows; row++) {
            int tokens = step.get(StepState.ROWS);
            int blocks = cols / BLOCK;
            int start = row * blocks * BLOCK_BYTES;
            int t = 0;
            while (t + TILE <= tokens) {
                int first = t * blocks;
                float sum0 = 0f;
                float sum1 = 0f;
                float sum2 = 0f;
                float sum3 = 0f;
                for (int b = 0; b < blocks; b++) {
                    int block = start + b * BLOCK_BYTES;
                    int s0 = first + b;
                    int s1 = s0 + blocks;
                    int s2 = s1 + blocks;
                    int s3 = s2 + blocks;
                    int dot0 = 0;
                    int dot1 = 0;
                    int dot2 = 0;
                    int dot3 = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        int weight = weights.get(block + SCALE_BYTES + i);
                        dot0 += weight * x.get(s0 * BLOCK + i);
                        dot1 += weight * x.get(s1 * BLOCK + i);
                        dot2 += weight * x.get(s2 * BLOCK + i);
                        dot3 += weight * x.get(s3 * BLOCK + i);
                    }
                    float scale = weights.getHalfFloat(block).getFloat32();
                    sum0 += dot0 * (scale * scales.get(s0));
                    sum1 += dot1 * (scale * scales.get(s1));
                    sum2 += dot2 * (scale * scales.get(s2));
                    sum3 += dot3 * (scale * scales.get(s3));
                }
                int at = t * rows + row;
                Output.put(out, at, sum0, accumulate);
                Output.put(out, at + rows, sum1, accumulate);
                Output.put(out, at + 2 * rows, sum2, accumulate);
                Output.put(out, at + 3 * rows, sum3, accumulate);
                t += TILE;
            }
            while (t < tokens) {
                float sum = dotRow(weights, start, x, scales, t * blocks, blocks);
                int at = t * rows + row;
                Output.put(out, at, sum, accumulate);
                t++;
            }
        }
    }

    /** A row of weights that begins at byte {@code start} times the activations that begin at block {@code from}. */
    private static float dotRow(ByteArray weights, int start, Int8Array x, FloatArray scales, int from, int blocks) {
        float sum = 0f;
        for (int b = 0; b < blocks; b++) {
            int block = start + b * BLOCK_BYTES;
            int dot = 0;
            for (int i = 0; i < BLOCK; i++) {
                dot += weights.get(block + SCALE_BYTES + i) * x.get((from + b) * BLOCK + i);
            }
            sum += dot * (weights.getHalfFloat(block).getFloat32() * scales.get(from + b));
        }
        return sum;
    }
}
