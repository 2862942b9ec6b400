package dev.sirocco.tasks.rope;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.CacheRows;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rotates queries in place and keys on their way into the cache. Either order of a head's elements, see {@link
 * RotaryPairs}, is used as it lies: scores do not depend on the order, as long as queries and keys have the same.
 */
public final class RotaryKernel {
    private RotaryKernel() {}

    /**
     * Rotates a chunk's queries and keys and stores its keys and values in the rolling buffer.
     *
     * @param q            (batch, heads, headDim), rotated in place
     * @param k            (batch, kvHeads, headDim), rotated in place
     * @param v            (batch, kvHeads, headDim)
     * @param rotation     (batch, headDim + 1), from {@link RotaryTable}
     * @param keys         (kvHeads, capacity, headDim), see {@link dev.sirocco.tasks.attention.KvCache}: position p
     *                     goes to slot p mod capacity
     * @param values       as keys
     * @param packedKeys   as keys
     * @param packedValues as keys
     * @param step         see {@link StepState}
     * @param format       of the cache, see {@link dev.sirocco.tasks.attention.CacheFormat#code}
     * @param batch        the most rows that a step can have
     * @param heads        query heads, at least kvHeads
     * @param kvHeads      key and value heads
     * @param headDim      elements of a head, even
     * @param capacity     slots of the cache
     * @param distance     between the elements of a pair, from {@link RotaryPairs#distance}
     */
    public static void rotateAndStore(
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
            int batch,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int distance) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int head = 0; head < heads; head++) {
                if (t < step.get(StepState.ROWS)) {
                    int angles = t * RotaryTable.length(headDim);
                    int query = (t * heads + head) * headDim;
                    rotate(q, query, rotation, angles, headDim, distance, rotation.get(angles + headDim));
                    if (head < kvHeads) {
                        int from = (t * kvHeads + head) * headDim;
                        rotate(k, from, rotation, angles, headDim, distance, 1f);
                        int row = head * capacity + (step.get(StepState.POSITION) + t) % capacity;
                        CacheRows.store(format, k, from, keys, packedKeys, row, headDim);
                        CacheRows.store(format, v, from, values, packedValues, row, headDim);
                    }
                }
            }
        }
    }

    /** Rotates the head at {@code at}, and multiplies it by a factor. */
    private static void rotate(
            FloatArray x, int at, FloatArray rotation, int angles, int headDim, int distance, float factor) {
        // Pairs follow each other without a gap: (0, 1), (2, 3) … or (0, h), (1, h + 1) …
        int stride = distance == 1 ? 2 : 1;
        for (int pair = 0; pair < headDim / 2; pair++) {
            float cos = factor * rotation.get(angles + 2 * pair);
            float sin = factor * rotation.get(angles + 2 * pair + 1);
            float first = x.get(at + pair * stride);
            float second = x.get(at + pair * stride + distance);
            x.set(at + pair * stride, first * cos - second * sin);
            x.set(at + pair * stride + distance, first * sin + second * cos);
        }
    }
}
