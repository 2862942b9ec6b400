package dev.sirocco.tasks.rope;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rotates queries in place and keys on their way into the cache, in adjacent pairs (2i, 2i + 1) as GGUF lays them
 * out.
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
            int capacity) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int head = 0; head < heads; head++) {
                if (t < step.get(StepState.ROWS)) {
                    int angles = t * headDim;
                    int query = (t * heads + head) * headDim;
                    for (int i = 0; i < headDim; i += 2) {
                        float cos = rotation.get(angles + i);
                        float sin = rotation.get(angles + i + 1);
                        float even = q.get(query + i);
                        float odd = q.get(query + i + 1);
                        q.set(query + i, even * cos - odd * sin);
                        q.set(query + i + 1, even * sin + odd * cos);
                    }
                    if (head < kvHeads) {
                        int slot = (step.get(StepState.POSITION) + t) % capacity;
                        int from = (t * kvHeads + head) * headDim;
                        int to = (head * capacity + slot) * headDim;
                        for (int i = 0; i < headDim; i += 2) {
                            float cos = rotation.get(angles + i);
                            float sin = rotation.get(angles + i + 1);
                            float even = k.get(from + i);
                            float odd = k.get(from + i + 1);
                            keys.set(to + i, even * cos - odd * sin);
                            keys.set(to + i + 1, even * sin + odd * cos);
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
