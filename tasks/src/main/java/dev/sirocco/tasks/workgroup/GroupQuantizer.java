package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rounds activations to int8 as {@link ActivationQuantizer} does, by way of local memory: neighbours read neighbours,
 * and then each work-item has a block of 32 for itself.
 */
public final class GroupQuantizer {
    /** Activations that are in local memory at once. */
    static final int STAGE = 2048;

    /** Elements of local memory for them. */
    static final int STAGE_ELEMENTS = STAGE / ActivationQuantizer.BLOCK * (ActivationQuantizer.BLOCK + 1);

    private GroupQuantizer() {}

    /**
     * Quantises rows; group (x, y) has the activations from x · {@value #STAGE} on of row y.
     *
     * @param x      (batch, cols)
     * @param values (batch, cols), int8
     * @param scales (batch, cols / 32)
     * @param halfSums (batch, cols / 16)
     * @param step   see {@link StepState}
     * @param cols   length of a row, a multiple of 32
     * @param lanes  work-items of a group
     * @param layout of the values, see {@link BlockStrips}; all but the plain one are for one row
     */
    public static void quantizeGroups(
            KernelContext context,
            FloatArray x,
            Int8Array values,
            FloatArray scales,
            FloatArray halfSums,
            IntArray step,
            int cols,
            int lanes,
            int layout) {
        float[] staged = context.allocateFloatLocalArray(STAGE_ELEMENTS);
        int lane = context.localIdx;
        int row = context.groupIdy;
        int first = context.groupIdx * STAGE;
        int count = row < step.get(StepState.ROWS) ? TornadoMath.min(STAGE, cols - first) : 0;
        int rounds = count / lanes; // loops with a count are unrolled: several loads are on their way at once
        for (int round = 0; round < rounds; round++) {
            int i = round * lanes + lane;
            staged[place(i)] = x.get(row * cols + first + i);
        }
        for (int i = rounds * lanes + lane; i < count; i += lanes) {
            staged[place(i)] = x.get(row * cols + first + i);
        }
        context.localBarrier();
        store(staged, count, values, scales, halfSums, row * cols + first, cols, layout, lane, lanes);
    }

    /** {@return where activation i lies in local memory} One element is left free after 32, so that banks differ. */
    static int place(int i) {
        return i + i / ActivationQuantizer.BLOCK;
    }

    /**
     * Quantises what is in local memory.
     *
     * @param staged activations, at their {@link #place}
     * @param count  of them, a multiple of 32
     * @param at     number of the first, a multiple of 32
     * @param cols   length of a row
     * @param layout of the values
     */
    static void store(
            float[] staged,
            int count,
            Int8Array values,
            FloatArray scales,
            FloatArray halfSums,
            int at,
            int cols,
            int layout,
            int lane,
            int lanes) {
        for (int block = lane; block < count / ActivationQuantizer.BLOCK; block += lanes) {
            int from = place(block * ActivationQuantizer.BLOCK);
            float largest = 0f;
            for (int i = 0; i < ActivationQuantizer.BLOCK; i++) {
                largest = TornadoMath.max(largest, TornadoMath.abs(staged[from + i]));
            }
            float inverse = largest > 0f ? ActivationQuantizer.LARGEST / largest : 0f;
            int to = at / ActivationQuantizer.BLOCK + block;
            int first = 0;
            int second = 0;
            for (int i = 0; i < BlockParts.HALF; i++) {
                int q = ActivationQuantizer.round(staged[from + i] * inverse);
                int r = ActivationQuantizer.round(staged[from + BlockParts.HALF + i] * inverse);
                values.set(BlockStrips.place(layout, cols, to, i), (byte) q);
                values.set(BlockStrips.place(layout, cols, to, BlockParts.HALF + i), (byte) r);
                first += q;
                second += r;
            }
            BlockStrips.clear(layout, cols, to, values);
            float scale = largest / ActivationQuantizer.LARGEST;
            scales.set(to, scale);
            halfSums.set(2 * to, scale * first);
            halfSums.set(2 * to + 1, scale * second);
        }
    }
}
