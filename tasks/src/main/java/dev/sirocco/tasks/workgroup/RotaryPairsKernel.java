package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
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
     * @param k        (batch, kvHeads, headDim)
     * @param v        (batch, kvHeads, headDim)
     * @param rotation (batch, headDim), from {@link dev.sirocco.tasks.rope.RotaryTable}
     * @param keys     (kvHeads, capacity, headDim): position p goes to slot p mod capacity
     * @param values   as keys
     * @param step     see {@link StepState}
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
            IntArray step,
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
        float cos = rotation.get(token * headDim + 2 * pair);
        float sin = rotation.get(token * headDim + 2 * pair + 1);
        int first = distance == 1 ? 2 * pair : pair;
        int query = (token * heads + head) * headDim + first;
        float left = q.get(query);
        float right = q.get(query + distance);
        q.set(query, left * cos - right * sin);
        q.set(query + distance, left * sin + right * cos);
        if (head < kvHeads) {
            int slot = (step.get(StepState.POSITION) + token) % capacity;
            int from = (token * kvHeads + head) * headDim + first;
            int to = (head * capacity + slot) * headDim + first;
            float leftKey = k.get(from);
            float rightKey = k.get(from + distance);
            keys.set(to, leftKey * cos - rightKey * sin);
            keys.set(to + distance, leftKey * sin + rightKey * cos);
            values.set(to, v.get(from));
            values.set(to + distance, v.get(from + distance));
        }
    }
}
