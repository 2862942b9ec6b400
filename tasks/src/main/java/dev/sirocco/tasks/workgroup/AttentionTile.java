package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.attention.CacheRows;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the attention kernels share: a group attends for several queries, its <em>slots</em>, which share a key head, so
 * that a key or value is read once for all of them. Slot s is head {@code s mod groupHeads} of token
 * {@code s / groupHeads}. Positions are taken {@value #TILE} at a time with an online softmax, as in
 * {@link dev.sirocco.tasks.attention.WindowAttention}.
 */
final class AttentionTile {
    /** Stands for minus infinity; e^(MASKED − score) is 0. */
    static final float MASKED = -1e30f;

    /** Positions whose scores are taken together. */
    static final int TILE = 32;

    /** Work-items that share the product of a query and a key: they read a sector of memory together. */
    static final int SHARE = 8;

    /** The most queries of a group. */
    static final int MAX_SLOTS = 16;

    /** Elements of local memory for queries: what {@code slots · headDim} may be at most. */
    static final int QUERY_ELEMENTS = 2048;

    /** Sums that a work-item keeps: what {@code slots · ⌈headDim / lanes⌉} may be at most. */
    static final int MAX_SUMS = 64;

    /** Elements of local memory for partial products. */
    static final int DOT_ELEMENTS = MAX_SLOTS * TILE * SHARE;

    /** Elements of local memory for scores, which then become weights. */
    static final int WEIGHT_ELEMENTS = MAX_SLOTS * TILE;

    private AttentionTile() {}

    /**
     * {@return how many queries a group can have, at least 1}
     *
     * @throws IllegalArgumentException when a head is too long for even one
     */
    static int slots(int headDim, int lanes) {
        int dims = (headDim - 1) / lanes + 1;
        int slots = Math.min(MAX_SLOTS, Math.min(QUERY_ELEMENTS / headDim, MAX_SUMS / dims));
        if (slots < 1) {
            throw new IllegalArgumentException("heads of " + headDim + " elements do not fit work-groups of " + lanes
                    + " work-items; set group_size in a device profile to " + headDim / MAX_SUMS + " or more,"
                    + " or kernel_shape to row");
        }
        return slots;
    }

    /** {@return the most of the query heads that share a key head which can be slots of one group, without a rest} */
    static int groupHeads(int queryHeadsPerKeyHead, int slots) {
        int heads = Math.min(queryHeadsPerKeyHead, slots);
        while (queryHeadsPerKeyHead % heads != 0) {
            heads--;
        }
        return heads;
    }

    /**
     * Brings the slots' queries to local memory, scaled by headDim^−½. Slots without a token repeat the last token's.
     *
     * @param q          (batch, heads, headDim)
     * @param queries    (slots, headDim)
     * @param firstHead  head of slot 0
     * @param firstToken token of slot 0
     * @param tokens     in the step; nothing is read when there are none
     */
    static void load(
            FloatArray q,
            float[] queries,
            int firstHead,
            int heads,
            int slots,
            int groupHeads,
            int firstToken,
            int tokens,
            int headDim,
            int lane,
            int lanes) {
        float scale = 1f / TornadoMath.sqrt((float) headDim);
        int end = tokens > firstToken ? slots * headDim : 0;
        for (int i = lane; i < end; i += lanes) {
            int slot = i / headDim;
            int token = TornadoMath.min(firstToken + slot / groupHeads, tokens - 1);
            int head = firstHead + slot % groupHeads;
            queries[i] = q.get((token * heads + head) * headDim + i % headDim) * scale;
        }
    }

    /**
     * Attends positions {@code first … last} for all slots; barriers before, between and after. What a work-item sums
     * up is for elements lane, lane + lanes, … of a head. The last barrier is for compilers that loop over the
     * work-items of a group: where a condition of the caller repeats that of the loop over tiles, PoCL 3.1 joins the
     * two, and then runs what follows for one work-item only.
     *
     * @param queries  (slots, headDim), local
     * @param dots     (slots, TILE, SHARE), local scratch
     * @param weights  (slots, TILE), local scratch
     * @param peaks    (slots), local: the largest scores afterwards
     * @param format   of the cache, see {@link dev.sirocco.tasks.attention.CacheFormat#code}
     * @param keys     (kvHeads, capacity, headDim)
     * @param values   (kvHeads, capacity, headDim)
     * @param packedKeys   as keys, see {@link dev.sirocco.tasks.attention.KvCache}
     * @param packedValues as values
     * @param sums     (slots, ⌈headDim / lanes⌉), private: weighted sums of values, relative to the peaks
     * @param totals   (slots), private: sums of weights, relative to the peaks
     * @param cache    row of {@code keys} where the key head's slot 0 is
     * @param position of the token of slot 0
     * @param window   positions that a query sees, itself included
     */
    static void attend(
            KernelContext context,
            float[] queries,
            float[] dots,
            float[] weights,
            float[] peaks,
            int format,
            FloatArray keys,
            FloatArray values,
            ByteArray packedKeys,
            ByteArray packedValues,
            float[] sums,
            float[] totals,
            int cache,
            int first,
            int last,
            int position,
            int window,
            int slots,
            int groupHeads,
            int headDim,
            int capacity,
            int lane,
            int lanes) {
        float[] partial = new float[MAX_SLOTS];
        int dims = (headDim - 1) / lanes + 1;
        for (int i = 0; i < MAX_SUMS; i++) {
            sums[i] = 0f;
        }
        for (int slot = 0; slot < MAX_SLOTS; slot++) {
            totals[slot] = 0f;
            partial[slot] = 0f;
        }
        for (int slot = lane; slot < slots; slot += lanes) {
            peaks[slot] = MASKED;
        }
        context.localBarrier();
        for (int start = first; start <= last; start += TILE) {
            int count = TornadoMath.min(TILE, last - start + 1);
            for (int i = lane / SHARE; i < count; i += lanes / SHARE) {
                int key = cache + (start + i) % capacity;
                for (int slot = 0; slot < slots; slot++) {
                    partial[slot] = 0f;
                }
                for (int d = lane % SHARE; d < headDim; d += SHARE) {
                    float element = CacheRows.element(format, keys, packedKeys, key, headDim, d);
                    for (int slot = 0; slot < slots; slot++) {
                        partial[slot] += element * queries[slot * headDim + d];
                    }
                }
                for (int slot = 0; slot < slots; slot++) {
                    dots[(slot * TILE + i) * SHARE + lane % SHARE] = partial[slot];
                }
            }
            context.localBarrier();
            for (int i = lane; i < slots * TILE; i += lanes) {
                int seenFrom = start + i % TILE;
                int token = position + i / TILE / groupHeads;
                float score = MASKED;
                if (seenFrom <= last && seenFrom <= token && seenFrom > token - window) {
                    score = 0f;
                    for (int k = 0; k < SHARE; k++) {
                        score += dots[i * SHARE + k];
                    }
                }
                weights[i] = score;
            }
            context.localBarrier();
            for (int slot = 0; slot < slots; slot++) {
                float before = peaks[slot];
                float peak = before;
                for (int i = 0; i < TILE; i++) {
                    peak = TornadoMath.max(peak, weights[slot * TILE + i]);
                }
                partial[slot] = peak;
                float correction = TornadoMath.exp(before - peak);
                totals[slot] *= correction;
                for (int j = 0; j < dims; j++) {
                    sums[slot * dims + j] *= correction;
                }
            }
            context.localBarrier();
            for (int slot = 0; slot < slots; slot++) {
                for (int i = lane; i < TILE; i += lanes) {
                    weights[slot * TILE + i] = TornadoMath.exp(weights[slot * TILE + i] - partial[slot]);
                }
                if (lane == 0) {
                    peaks[slot] = partial[slot];
                }
            }
            context.localBarrier();
            for (int i = 0; i < count; i++) {
                int value = cache + (start + i) % capacity;
                for (int slot = 0; slot < slots; slot++) {
                    totals[slot] += weights[slot * TILE + i];
                }
                for (int j = 0; j < dims; j++) {
                    int d = TornadoMath.min(lane + j * lanes, headDim - 1);
                    float element = CacheRows.element(format, values, packedValues, value, headDim, d);
                    for (int slot = 0; slot < slots; slot++) {
                        sums[slot * dims + j] += weights[slot * TILE + i] * element;
                    }
                }
            }
        }
        context.localBarrier();
    }
}
