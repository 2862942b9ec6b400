package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Attention of one token, split over the positions that it sees (Dao, Haziza, Massa and Sizov, Flash-Decoding, 2023):
 * one token alone would occupy as many groups as there are key heads. Each group attends its share of the positions,
 * and a second kernel merges what they found.
 */
public final class SplitAttention {
    private SplitAttention() {}

    /** {@return how many positions each split has, when {@code seen} are shared out} */
    private static int share(int seen, int splits, int minimum) {
        int used = TornadoMath.max(1, TornadoMath.min(splits, (seen + minimum - 1) / minimum));
        return (seen + used - 1) / used;
    }

    /**
     * Attends shares of the positions; group (x, y) has share x for the query heads {@code y · slots …}.
     *
     * @param q        (1, heads, headDim), rotated
     * @param keys     (kvHeads, capacity, headDim)
     * @param values   (kvHeads, capacity, headDim)
     * @param packedKeys   as keys, see {@link dev.sirocco.tasks.attention.KvCache}
     * @param packedValues as values
     * @param parts    (heads, splits, headDim), weighted sums of values
     * @param stats    (heads, splits, 2), the largest score and the sum of the weights relative to it
     * @param step     see {@link StepState}
     * @param format   of the cache, see {@link dev.sirocco.tasks.attention.CacheFormat#code}
     * @param heads    query heads
     * @param kvHeads  key and value heads
     * @param headDim  elements of a head
     * @param capacity slots of the cache
     * @param window   positions that a query sees, itself included
     * @param splits   the most shares
     * @param minimum  positions for which another share is worth while
     * @param slots    query heads of a group, which share a key head; see {@link AttentionTile#slots}
     * @param lanes    work-items of a group
     */
    public static void attendSplits(
            KernelContext context,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            ByteArray packedKeys,
            ByteArray packedValues,
            FloatArray parts,
            FloatArray stats,
            IntArray step,
            int format,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int window,
            int splits,
            int minimum,
            int slots,
            int lanes) {
        float[] queries = context.allocateFloatLocalArray(AttentionTile.QUERY_ELEMENTS);
        float[] dots = context.allocateFloatLocalArray(AttentionTile.DOT_ELEMENTS);
        float[] weights = context.allocateFloatLocalArray(AttentionTile.WEIGHT_ELEMENTS);
        float[] peaks = context.allocateFloatLocalArray(AttentionTile.MAX_SLOTS);
        float[] sums = new float[AttentionTile.MAX_SUMS];
        float[] totals = new float[AttentionTile.MAX_SLOTS];
        int lane = context.localIdx;
        int split = context.groupIdx;
        int firstHead = context.groupIdy * slots;
        int tokens = TornadoMath.min(step.get(StepState.ROWS), 1);
        int position = tokens > 0 ? step.get(StepState.POSITION) : -1;
        int first = TornadoMath.max(0, position - window + 1);
        int share = share(position - first + 1, splits, minimum);
        int from = first + split * share;
        int to = TornadoMath.min(position, from + share - 1);
        int cache = firstHead / (heads / kvHeads) * capacity;
        AttentionTile.load(q, queries, firstHead, heads, slots, slots, 0, tokens, headDim, lane, lanes);
        AttentionTile.attend(
                context,
                queries,
                dots,
                weights,
                peaks,
                format,
                keys,
                values,
                packedKeys,
                packedValues,
                sums,
                totals,
                cache,
                from,
                to,
                position,
                window,
                slots,
                slots,
                headDim,
                capacity,
                lane,
                lanes);
        if (from <= to) {
            int dims = (headDim - 1) / lanes + 1;
            for (int slot = 0; slot < slots; slot++) {
                int part = (firstHead + slot) * splits + split;
                for (int j = 0; j < dims; j++) {
                    int d = lane + j * lanes;
                    if (d < headDim) {
                        parts.set(part * headDim + d, sums[slot * dims + j]);
                    }
                }
                if (lane == 0) {
                    stats.set(part * 2, peaks[slot]);
                    stats.set(part * 2 + 1, totals[slot]);
                }
            }
        }
    }

    /**
     * Merges the shares; one group a query head.
     *
     * @param parts    (heads, splits, headDim), from {@link #attendSplits}
     * @param stats    (heads, splits, 2)
     * @param out      (1, heads, headDim)
     * @param values   (1, heads · headDim), {@code out} rounded to int8; untouched without {@code integers}
     * @param scales   (1, heads · headDim / 32), likewise
     * @param halfSums (1, heads · headDim / 16), likewise
     * @param step     see {@link StepState}
     * @param headDim  elements of a head; with {@code integers} a multiple of 32
     * @param window   as for {@link #attendSplits}
     * @param splits   likewise
     * @param minimum  likewise
     * @param lanes    work-items of a group
     * @param integers 1 if the rounded form is wanted, else 0
     * @param layout   of the rounded form, see {@link dev.sirocco.tasks.blocks.BlockStrips}
     * @param cols     heads · headDim
     */
    public static void mergeSplits(
            KernelContext context,
            FloatArray parts,
            FloatArray stats,
            FloatArray out,
            Int8Array values,
            FloatArray scales,
            FloatArray halfSums,
            IntArray step,
            int headDim,
            int window,
            int splits,
            int minimum,
            int lanes,
            int integers,
            int layout,
            int cols) {
        float[] staged = context.allocateFloatLocalArray(GroupQuantizer.STAGE_ELEMENTS);
        int lane = context.localIdx;
        int head = context.groupIdx;
        int position = step.get(StepState.POSITION);
        int seen = TornadoMath.min(position + 1, window);
        int share = share(seen, splits, minimum);
        int used = (seen + share - 1) / share;
        int end = step.get(StepState.ROWS) > 0 ? headDim : 0;
        float best = AttentionTile.MASKED;
        for (int split = 0; split < used; split++) {
            best = TornadoMath.max(best, end > 0 ? stats.get((head * splits + split) * 2) : AttentionTile.MASKED);
        }
        for (int d = lane; d < end; d += lanes) {
            float sum = 0f;
            float total = 0f;
            for (int split = 0; split < used; split++) {
                int part = head * splits + split;
                float weight = TornadoMath.exp(stats.get(part * 2) - best);
                sum += weight * parts.get(part * headDim + d);
                total += weight * stats.get(part * 2 + 1);
            }
            float merged = sum / total;
            out.set(head * headDim + d, merged);
            if (integers != 0) {
                staged[GroupQuantizer.place(d)] = merged;
            }
        }
        if (integers != 0) {
            context.localBarrier();
            GroupQuantizer.store(staged, end, values, scales, halfSums, head * headDim, cols, layout, lane, lanes);
        }
    }
}
