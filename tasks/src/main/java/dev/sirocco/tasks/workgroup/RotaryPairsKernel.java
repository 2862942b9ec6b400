package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.CacheRows;
import dev.sirocco.tasks.rope.RotaryTable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rotates queries and keys and stores keys and values, a pair of elements a work-item. */
public final class RotaryPairsKernel {
    private RotaryPairsKernel() {}

    /**
     * Does for each pair what {@link dev.sirocco.tasks.rope.RotaryKernel#rotateAndStore} does for a head; groups along
     * x cover {@code heads · headDim / 2} pairs, index y is the token.
     *
     * @param q        (batch, heads, headDim), rotated in place
     * @param k        (batch, kvHeads, headDim), rotated in place where the cache is of blocks
     * @param v        (batch, kvHeads, headDim)
     * @param rotation (batch, headDim + 1), from {@link RotaryTable}
     * @param keys     (kvHeads, capacity, headDim): position p goes to slot p mod capacity
     * @param values   as keys
     * @param packedKeys   as keys
     * @param packedValues as keys
     * @param step     see {@link StepState}
     * @param format   of the cache, see {@link dev.sirocco.tasks.attention.CacheFormat#code}; blocks are packed by
     *                 {@link dev.sirocco.tasks.attention.CacheStore}
     * @param heads    query heads, at least kvHeads
     * @param kvHeads  key and value heads
     * @param headDim  elements of a head, even
     * @param capacity slots of the cache
     * @param distance between the elements of a pair, from {@link dev.sirocco.tasks.rope.RotaryPairs#distance}
     */
    public static void rotatePairs(
            KernelContext context,
            FloatArray q,
            FloatArray k,
            FloatArray v,
            FloatArray rotation,
            FloatArray keys,
            FloatArray values,
            ByteArray packedKeys,
            ByteArray packedValues,
            IntArray step,
            int format,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int distance) {
        int pairs = headDim / 2;
        int head = context.globalIdx / pairs;
        int pair = context.globalIdx % pairs;
        int token = context.globalIdy;
        if (token >= step.get(StepState.ROWS) || head >= heads) {
            return;
        }
        int angles = token * RotaryTable.length(headDim);
        float cos = rotation.get(angles + 2 * pair);
        float sin = rotation.get(angles + 2 * pair + 1);
        int place = distance == 1 ? 2 * pair : pair;
        int query = (token * heads + head) * headDim + place;
        float left = q.get(query);
        float right = q.get(query + distance);
        float temperature = rotation.get(angles + headDim);
        q.set(query, temperature * (left * cos - right * sin));
        q.set(query + distance, temperature * (left * sin + right * cos));
        if (head < kvHeads) {
            int slot = (step.get(StepState.POSITION) + token) % capacity;
            int from = (token * kvHeads + head) * headDim + place;
            int to = (head * capacity + slot) * headDim + place;
            float leftKey = k.get(from);
            float rightKey = k.get(from + distance);
            float first = leftKey * cos - rightKey * sin;
            float second = leftKey * sin + rightKey * cos;
            if (format == CacheRows.F32) {
                keys.set(to, first);
                keys.set(to + distance, second);
                values.set(to, v.get(from));
                values.set(to + distance, v.get(from + distance));
            } else if (format == CacheRows.F16) {
                CacheRows.storeHalf(packedKeys, 2 * to, first);
                CacheRows.storeHalf(packedKeys, 2 * (to + distance), second);
                CacheRows.storeHalf(packedValues, 2 * to, v.get(from));
                CacheRows.storeHalf(packedValues, 2 * (to + distance), v.get(from + distance));
            } else {
                k.set(from, first);
                k.set(from + distance, second);
            }
        }
    }
}
