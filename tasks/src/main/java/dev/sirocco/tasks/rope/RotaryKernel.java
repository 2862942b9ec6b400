package dev.sirocco.tasks.rope;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
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
     * @param q        (batch, heads, headDim), rotated in place
     * @param k        (batch, kvHeads, headDim)
     * @param v        (batch, kvHeads, headDim)
     * @param rotation (batch, headDim), from {@link RotaryTable}
     * @param keys     (kvHeads, capacity, headDim): position p goes to slot p mod capacity
     * @param values   as keys
     * @param step     see {@link StepState}
     * @param batch    the most rows that a step can have
     * @param heads    query heads, at least kvHeads
     * @param kvHeads  key and value heads
     * @param headDim  elements of a head, even
     * @param capacity slots of the cache
     * @param distance between the elements of a pair, from {@link RotaryPairs#distance}
     */
    public static void rotateAndStore(
            FloatArray q,
            FloatArray k,
            FloatArray v,
            FloatArray rotation,
            FloatArray keys,
            FloatArray values,
            IntArray step,
            int batch,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int distance) {
        // Pairs follow each other without a gap: (0, 1), (2, 3) … or (0, h), (1, h + 1) …
        int stride = distance == 1 ? 2 : 1;
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int head = 0; head < heads; head++) {
                if (t < step.get(StepState.ROWS)) {
                    int angles = t * headDim;
                    int query = (t * heads + head) * headDim;
                    for (int pair = 0; pair < headDim / 2; pair++) {
                        float cos = rotation.get(angles + 2 * pair);
                        float sin = rotation.get(angles + 2 * pair + 1);
                        int at = query + pair * stride;
                        float first = q.get(at);
                        float second = q.get(at + distance);
                        q.set(at, first * cos - second * sin);
                        q.set(at + distance, first * sin + second * cos);
                    }
                    if (head < kvHeads) {
                        int slot = (step.get(StepState.POSITION) + t) % capacity;
                        int from = (t * kvHeads + head) * headDim;
                        int to = (head * capacity + slot) * headDim;
                        for (int pair = 0; pair < headDim / 2; pair++) {
                            float cos = rotation.get(angles + 2 * pair);
                            float sin = rotation.get(angles + 2 * pair + 1);
                            int at = pair * stride;
                            float first = k.get(from + at);
                            float second = k.get(from + at + distance);
                            keys.set(to + at, first * cos - second * sin);
                            keys.set(to + at + distance, first * sin + second * cos);
                        }
                        for (int i = 0; i < headDim; i++) {
                            values.set(to + i, v.get(from + i));
                        }
                    }
                }
            }
        }
    }
}
