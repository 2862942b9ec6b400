package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Root-mean-square normalisation by work-groups, with the rounding that integer products need done on the way. */
public final class GroupNorm {
    private GroupNorm() {}

    /**
     * Normalises rows: {@code out[t] = x[firstRow + t] / sqrt(mean(x²) + epsilon) · weight}; one group a row.
     *
     * @param x        (any, dim), of which rows {@code firstRow … firstRow + rows − 1} are read
     * @param weight   (dim)
     * @param out      (batch, dim); untouched without {@code floats}
     * @param values   (batch, dim), {@code out} rounded to int8; untouched without {@code integers}
     * @param scales   (batch, dim / 32), likewise
     * @param halfSums (batch, dim / 16), likewise
     * @param step     see {@link StepState}
     * @param dim      length of a row; with {@code integers} a multiple of 32
     * @param epsilon  added to the mean square
     * @param lanes    work-items of a group, a power of two
     * @param floats   1 if {@code out} is wanted, else 0
     * @param integers 1 if the rounded form is wanted, else 0
     * @param layout   of the rounded form, see {@link dev.sirocco.tasks.blocks.BlockStrips}; all but the plain one are
     *                 for one row
     */
    public static void groupNorm(
            KernelContext context,
            FloatArray x,
            FloatArray weight,
            FloatArray out,
            Int8Array values,
            FloatArray scales,
            FloatArray halfSums,
            IntArray step,
            int dim,
            float epsilon,
            int lanes,
            int floats,
            int integers,
            int layout) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        float[] staged = context.allocateFloatLocalArray(GroupQuantizer.STAGE_ELEMENTS);
        int lane = context.localIdx;
        int row = context.groupIdx;
        int end = row < step.get(StepState.ROWS) ? dim : 0;
        int from = (step.get(StepState.FIRST_ROW) + row) * dim;
        int to = row * dim;
        float squares = 0f;
        int rounds = end / lanes; // loops with a count are unrolled: several loads are on their way at once
        for (int round = 0; round < rounds; round++) {
            float element = x.get(from + round * lanes + lane);
            squares += element * element;
        }
        for (int i = rounds * lanes + lane; i < end; i += lanes) {
            squares += x.get(from + i) * x.get(from + i);
        }
        shared[lane] = squares;
        GroupSum.addRows(context, shared, lane, lanes, 1);
        float scale = 1f / TornadoMath.sqrt(shared[0] / dim + epsilon);
        for (int first = 0; first < end; first += GroupQuantizer.STAGE) {
            int count = TornadoMath.min(GroupQuantizer.STAGE, end - first);
            int whole = count / lanes;
            for (int round = 0; round < whole; round++) {
                int i = round * lanes + lane;
                float normed = x.get(from + first + i) * scale * weight.get(first + i);
                put(normed, out, to + first + i, staged, i, floats, integers);
            }
            for (int i = whole * lanes + lane; i < count; i += lanes) {
                float normed = x.get(from + first + i) * scale * weight.get(first + i);
                put(normed, out, to + first + i, staged, i, floats, integers);
            }
            if (integers != 0) {
                context.localBarrier();
                GroupQuantizer.store(staged, count, values, scales, halfSums, to + first, dim, layout, lane, lanes);
                context.localBarrier();
            }
        }
    }

    /** Writes an element where it is wanted: as element {@code at} of the output, as element i of a stage. */
    private static void put(float normed, FloatArray out, int at, float[] staged, int i, int floats, int integers) {
        if (floats != 0) {
            out.set(at, normed);
        }
        if (integers != 0) {
            staged[GroupQuantizer.place(i)] = normed;
        }
    }
}
