package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.ByteDots;
import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with {@link WeightFormat#Q8_0} weights and activations rounded to int8. A block's sum is exact. */
public final class Q8Product {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;
    private static final int SCALE_BYTES = 2;
    private static final int LANES = PanelTile.LANES;

    /** Groups of four weights in a block. */
    private static final int WORDS = 8;

    private Q8Product() {}

    /**
     * Multiplies the first row of the activations, when the step has one. A work-item reads one row of weights from
     * one end to the other, which is what memory is fastest at, and takes two blocks at a time.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param x          (1, cols), int8, see {@link ActivationQuantizer}
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
                float[] lanes = new float[WORDS];
                for (int word = 0; word < WORDS; word++) {
                    lanes[word] = 0f;
                }
                int blocks = cols / BLOCK;
                int even = blocks / 2 * 2;
                for (int b = 0; b < even; b += 2) {
                    int block0 = (row * blocks + b) * BLOCK_BYTES;
                    int block1 = (row * blocks + b + 1) * BLOCK_BYTES;
                    float scale0 = Float16.get(weights, block0);
                    float scale1 = Float16.get(weights, block1);
                    scale0 *= scales.get(b);
                    scale1 *= scales.get(b + 1);
                    for (int word = 0; word < WORDS; word++) {
                        lanes[word] += scale0
                                        * ByteDots.signed(
                                                weights, block0 + SCALE_BYTES + 4 * word, x, b * BLOCK + 4 * word)
                                + scale1
                                        * ByteDots.signed(
                                                weights,
                                                block1 + SCALE_BYTES + 4 * word,
                                                x,
                                                (b + 1) * BLOCK + 4 * word);
                    }
                }
                if (even < blocks) {
                    int block = (row * blocks + even) * BLOCK_BYTES;
                    float scale = Float16.get(weights, block);
                    scale *= scales.get(even);
                    for (int word = 0; word < WORDS; word++) {
                        lanes[word] += scale
                                * ByteDots.signed(weights, block + SCALE_BYTES + 4 * word, x, even * BLOCK + 4 * word);
                    }
                }
                float sum = 0f;
                for (int word = 0; word < WORDS; word++) {
                    sum += lanes[word];
                }
                Output.put(out, row, sum, accumulate);
            }
        }
    }

    /**
     * Multiplies the rows of a chunk; one work-item a tile of four rows of weights.
     *
     * @param weights    (rows, cols), blocks of 34 bytes
     * @param x          (panels, blocks, 8, 16, 4), int8, see {@link ActivationQuantizer}
     * @param scales     (panels, blocks, 16), of x
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param tiles      ⌈rows / 4⌉
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
            int tiles,
            int rows,
            int cols,
            int accumulate) {
        for (@Parallel int tile = 0; tile < tiles; tile++) {
            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            int[] dots0 = new int[LANES];
            int[] dots1 = new int[LANES];
            int[] dots2 = new int[LANES];
            int[] dots3 = new int[LANES];
            int tokens = step.get(StepState.ROWS);
            int blocks = cols / BLOCK;
            int row = tile * PanelTile.ROWS;
            int row0 = row * blocks;
            int row1 = TornadoMath.min(row + 1, rows - 1) * blocks;
            int row2 = TornadoMath.min(row + 2, rows - 1) * blocks;
            int row3 = TornadoMath.min(row + 3, rows - 1) * blocks;
            for (int first = 0; first < tokens; first += LANES) {
                PanelTile.clear(sums0, sums1, sums2, sums3);
                for (int b = 0; b < blocks; b++) {
                    int panel = first / LANES * blocks + b;
                    int block0 = (row0 + b) * BLOCK_BYTES;
                    int block1 = (row1 + b) * BLOCK_BYTES;
                    int block2 = (row2 + b) * BLOCK_BYTES;
                    int block3 = (row3 + b) * BLOCK_BYTES;
                    PanelTile.clear(dots0, dots1, dots2, dots3);
                    for (int word = 0; word < WORDS; word++) {
                        int at = (panel * WORDS + word) * LANES * 4;
                        for (int lane = 0; lane < LANES; lane++) {
                            dots0[lane] += ByteDots.signed(weights, block0 + SCALE_BYTES + 4 * word, x, at + 4 * lane);
                            dots1[lane] += ByteDots.signed(weights, block1 + SCALE_BYTES + 4 * word, x, at + 4 * lane);
                            dots2[lane] += ByteDots.signed(weights, block2 + SCALE_BYTES + 4 * word, x, at + 4 * lane);
                            dots3[lane] += ByteDots.signed(weights, block3 + SCALE_BYTES + 4 * word, x, at + 4 * lane);
                        }
                    }
                    float scale0 = Float16.get(weights, block0);
                    float scale1 = Float16.get(weights, block1);
                    float scale2 = Float16.get(weights, block2);
                    float scale3 = Float16.get(weights, block3);
                    for (int lane = 0; lane < LANES; lane++) {
                        float scale = scales.get(panel * LANES + lane);
                        sums0[lane] += scale0 * scale * dots0[lane];
                        sums1[lane] += scale1 * scale * dots1[lane];
                        sums2[lane] += scale2 * scale * dots2[lane];
                        sums3[lane] += scale3 * scale * dots3[lane];
                    }
                }
                PanelTile.store(out, sums0, sums1, sums2, sums3, row, rows, first, tokens, accumulate);
            }
        }
    }
}
