package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Attention of a chunk: a group attends for neighbouring tokens, which see nearly the same positions. */
public final class TileAttention {
    private TileAttention() {}

    /**
     * Attends; group (x, y) has the tokens from {@code x · slots / groupHeads} on and the query heads from {@code y ·
     * groupHeads} on. The chunk's own keys and values are in the cache already.
     *
     * @param q          (batch, heads, headDim), rotated
     * @param keys       (kvHeads, capacity, headDim)
     * @param values     (kvHeads, capacity, headDim)
     * @param packedKeys   as keys, see {@link dev.sirocco.tasks.attention.KvCache}
     * @param packedValues as values
     * @param out        (batch, heads, headDim)
     * @param step       see {@link StepState}
     * @param format   of the cache, see {@link dev.sirocco.tasks.attention.CacheFormat#code}
     * @param heads      query heads
     * @param kvHeads    key and value heads
     * @param headDim    elements of a head
     * @param capacity   slots of the cache
     * @param window     positions that a query sees, itself included
     * @param slots      queries of a group, see {@link AttentionTile#slots}
     * @param groupHeads query heads of a group, a divisor of slots; they share a key head
     * @param lanes      work-items of a group
     */
    public static void attendTiles(
            KernelContext context,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            ByteArray packedKeys,
            ByteArray packedValues,
            FloatArray out,
            IntArray step,
            int format,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int window,
            int slots,
            int groupHeads,
            int lanes) {
        float[] queries = context.allocateFloatLocalArray(AttentionTile.QUERY_ELEMENTS);
        float[] dots = context.allocateFloatLocalArray(AttentionTile.DOT_ELEMENTS);
        float[] weights = context.allocateFloatLocalArray(AttentionTile.WEIGHT_ELEMENTS);
        float[] peaks = context.allocateFloatLocalArray(AttentionTile.MAX_SLOTS);
        float[] sums = new float[AttentionTile.MAX_SUMS];
        float[] totals = new float[AttentionTile.MAX_SLOTS];
        int lane = context.localIdx;
        int groupTokens = slots / groupHeads;
        int firstToken = context.groupIdx * groupTokens;
        int firstHead = context.groupIdy * groupHeads;
        int tokens = step.get(StepState.ROWS);
        int lastToken = TornadoMath.min(firstToken + groupTokens, tokens) - 1;
        int position = step.get(StepState.POSITION) + firstToken;
        int first = TornadoMath.max(0, position - window + 1);
        int last = firstToken <= lastToken ? position + lastToken - firstToken : first - 1;
        int cache = firstHead / (heads / kvHeads) * capacity;
        AttentionTile.load(q, queries, firstHead, heads, slots, groupHeads, firstToken, tokens, headDim, lane, lanes);
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
                first,
                last,
                position,
                window,
                slots,
                groupHeads,
                headDim,
                capacity,
                lane,
                lanes);
        int dims = (headDim - 1) / lanes + 1;
        for (int slot = 0; slot < slots; slot++) {
            int token = firstToken + slot / groupHeads;
            if (token < tokens) {
                int row = (token * heads + firstHead + slot % groupHeads) * headDim;
                float normalise = 1f / totals[slot];
                for (int j = 0; j < dims; j++) {
                    int d = lane + j * lanes;
                    if (d < headDim) {
                        out.set(row + d, sums[slot * dims + j] * normalise);
                    }
                }
            }
        }
    }
}
