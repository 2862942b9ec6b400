package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Matrix-matrix products on tensor cores, with weights of any format but fp32. A group of {@value WeightTiles#ITEMS}
 * work-items computes {@value WeightTiles#ROWS} rows times {@value TokenTiles#TOKENS} tokens, {@value
 * TokenTiles#COLUMNS} columns at a time: four warps, each of them 32 rows times all the group's tokens, which is 16
 * tiles of sums, 64 registers of a work-item.
 *
 * <p>Weights are the left operand, for their rows go to local memory as they are, but for their format, see {@link
 * WeightTiles}. A stage is 24 KiB there, 16 of them weights and 8 tokens. A warp reads ten tiles, 3 KiB, for sixteen
 * products. Sums leave a warp to device memory only, with tokens beside each other: they go to a part of it that is the
 * group's own, which it reads again for {@code out}.
 */
public final class TensorTiles {
    private static final int WARP = 32;

    /** Bytes of a right tile. */
    private static final int RIGHT_TILE = 4 * TokenTiles.INTS;

    /** Bytes of the right tiles of 16 columns. */
    private static final int RIGHT = TokenTiles.TOKENS / TokenTiles.WIDTH * RIGHT_TILE;

    /** Steps of 16 columns in a stage. */
    private static final int DEPTHS = TokenTiles.COLUMNS / TokenTiles.DEPTH;

    private TensorTiles() {}

    /**
     * Multiplies; group (x, y) has tile x of the tokens and tile y of the rows, so that groups which run together share
     * rows, and a matrix is read from memory once.
     *
     * @param halves     weights, or any array: see {@link WeightTiles#bring}
     * @param bfloats    likewise
     * @param blocks     likewise
     * @param packed     tokens, see {@link TokenTiles}
     * @param sums       (tiles of rows, tiles of tokens, ROWS, TOKENS), what groups write before {@code out}
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param format     of the weights
     * @param rows       outputs
     * @param cols       inputs
     * @param tokenTiles tiles of tokens
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void tensorTiles(
            KernelContext context,
            HalfFloatArray halves,
            ShortArray bfloats,
            ByteArray blocks,
            IntArray packed,
            FloatArray sums,
            FloatArray out,
            IntArray step,
            int format,
            int rows,
            int cols,
            int tokenTiles,
            int accumulate) {
        int[] left = context.allocateIntLocalArray(DEPTHS * WeightTiles.DEPTH);
        int[] right = context.allocateIntLocalArray(TokenTiles.STAGE);
        int item = context.localIdx;
        int tile = context.groupIdx;
        int firstRow = context.groupIdy * WeightTiles.ROWS;
        int tokens = TornadoMath.min(step.get(StepState.ROWS) - tile * TokenTiles.TOKENS, TokenTiles.TOKENS);
        int all = (cols - 1) / TokenTiles.COLUMNS + 1;
        int stages = tokens > 0 ? all : 0;
        int warpBytes = item / WARP * 2 * WeightTiles.TILE;
        float[] upper0 = context.mmaFragment(0f);
        float[] upper1 = context.mmaFragment(0f);
        float[] upper2 = context.mmaFragment(0f);
        float[] upper3 = context.mmaFragment(0f);
        float[] upper4 = context.mmaFragment(0f);
        float[] upper5 = context.mmaFragment(0f);
        float[] upper6 = context.mmaFragment(0f);
        float[] upper7 = context.mmaFragment(0f);
        float[] lower0 = context.mmaFragment(0f);
        float[] lower1 = context.mmaFragment(0f);
        float[] lower2 = context.mmaFragment(0f);
        float[] lower3 = context.mmaFragment(0f);
        float[] lower4 = context.mmaFragment(0f);
        float[] lower5 = context.mmaFragment(0f);
        float[] lower6 = context.mmaFragment(0f);
        float[] lower7 = context.mmaFragment(0f);
        for (int stage = 0; stage < stages; stage++) {
            int first = stage * TokenTiles.COLUMNS;
            WeightTiles.bring(halves, bfloats, blocks, format, rows, cols, firstRow, first, item, left);
            int from = (tile * all + stage) * TokenTiles.STAGE;
            for (int i = 0; i < TokenTiles.STAGE / 4 / WeightTiles.ITEMS; i++) {
                int at = (i * WeightTiles.ITEMS + item) * 4;
                for (int j = 0; j < 4; j++) {
                    right[at + j] = packed.get(from + at + j);
                }
            }
            context.localBarrier();
            for (int depth = 0; depth < DEPTHS; depth++) {
                int at = depth * 4 * WeightTiles.DEPTH + warpBytes;
                HalfFloat[] upper = context.mmaLoadA(left, TokenTiles.DEPTH, at);
                HalfFloat[] lower = context.mmaLoadA(left, TokenTiles.DEPTH, at + WeightTiles.TILE);
                int begin = depth * RIGHT;
                HalfFloat[] right0 = context.mmaLoadB(right, TokenTiles.DEPTH, begin);
                HalfFloat[] right1 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + RIGHT_TILE);
                HalfFloat[] right2 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 2 * RIGHT_TILE);
                HalfFloat[] right3 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 3 * RIGHT_TILE);
                HalfFloat[] right4 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 4 * RIGHT_TILE);
                HalfFloat[] right5 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 5 * RIGHT_TILE);
                HalfFloat[] right6 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 6 * RIGHT_TILE);
                HalfFloat[] right7 = context.mmaLoadB(right, TokenTiles.DEPTH, begin + 7 * RIGHT_TILE);
                upper0 = context.mma(upper, right0, upper0, MMAShape.M16N8K16);
                lower0 = context.mma(lower, right0, lower0, MMAShape.M16N8K16);
                upper1 = context.mma(upper, right1, upper1, MMAShape.M16N8K16);
                lower1 = context.mma(lower, right1, lower1, MMAShape.M16N8K16);
                upper2 = context.mma(upper, right2, upper2, MMAShape.M16N8K16);
                lower2 = context.mma(lower, right2, lower2, MMAShape.M16N8K16);
                upper3 = context.mma(upper, right3, upper3, MMAShape.M16N8K16);
                lower3 = context.mma(lower, right3, lower3, MMAShape.M16N8K16);
                upper4 = context.mma(upper, right4, upper4, MMAShape.M16N8K16);
                lower4 = context.mma(lower, right4, lower4, MMAShape.M16N8K16);
                upper5 = context.mma(upper, right5, upper5, MMAShape.M16N8K16);
                lower5 = context.mma(lower, right5, lower5, MMAShape.M16N8K16);
                upper6 = context.mma(upper, right6, upper6, MMAShape.M16N8K16);
                lower6 = context.mma(lower, right6, lower6, MMAShape.M16N8K16);
                upper7 = context.mma(upper, right7, upper7, MMAShape.M16N8K16);
                lower7 = context.mma(lower, right7, lower7, MMAShape.M16N8K16);
            }
            context.localBarrier();
        }
        int region = (context.groupIdy * tokenTiles + tile) * WeightTiles.ROWS;
        int row = region + item / WARP * WARP;
        if (tokens > 0) { // an expert has few of a chunk
            context.mmaStore(upper0, sums, row, 0, TokenTiles.TOKENS);
            context.mmaStore(upper1, sums, row, 8, TokenTiles.TOKENS);
            context.mmaStore(upper2, sums, row, 16, TokenTiles.TOKENS);
            context.mmaStore(upper3, sums, row, 24, TokenTiles.TOKENS);
            context.mmaStore(upper4, sums, row, 32, TokenTiles.TOKENS);
            context.mmaStore(upper5, sums, row, 40, TokenTiles.TOKENS);
            context.mmaStore(upper6, sums, row, 48, TokenTiles.TOKENS);
            context.mmaStore(upper7, sums, row, 56, TokenTiles.TOKENS);
            context.mmaStore(lower0, sums, row + 16, 0, TokenTiles.TOKENS);
            context.mmaStore(lower1, sums, row + 16, 8, TokenTiles.TOKENS);
            context.mmaStore(lower2, sums, row + 16, 16, TokenTiles.TOKENS);
            context.mmaStore(lower3, sums, row + 16, 24, TokenTiles.TOKENS);
            context.mmaStore(lower4, sums, row + 16, 32, TokenTiles.TOKENS);
            context.mmaStore(lower5, sums, row + 16, 40, TokenTiles.TOKENS);
            context.mmaStore(lower6, sums, row + 16, 48, TokenTiles.TOKENS);
            context.mmaStore(lower7, sums, row + 16, 56, TokenTiles.TOKENS);
        }
        context.globalBarrier();
        if (firstRow + item < rows) {
            int to = tile * TokenTiles.TOKENS * rows + firstRow + item;
            write(sums, (region + item) * TokenTiles.TOKENS, out, to, rows, tokens, accumulate);
        }
    }

    /** Writes a row's sums, four tokens at a time; those past the end of the step are not written. */
    private static void write(FloatArray sums, int from, FloatArray out, int to, int rows, int tokens, int accumulate) {
        for (int token = 0; token < tokens; token += 4) {
            float sum0 = sums.get(from + token);
            float sum1 = sums.get(from + token + 1);
            float sum2 = sums.get(from + token + 2);
            float sum3 = sums.get(from + token + 3);
            Output.put(out, to + token * rows, sum0, accumulate);
            if (token + 1 < tokens) {
                Output.put(out, to + (token + 1) * rows, sum1, accumulate);
            }
            if (token + 2 < tokens) {
                Output.put(out, to + (token + 2) * rows, sum2, accumulate);
            }
            if (token + 3 < tokens) {
                Output.put(out, to + (token + 3) * rows, sum3, accumulate);
            }
        }
    }
}
