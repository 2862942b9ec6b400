package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Where a token's queries, keys and values go when they leave their product. Rows are taken pair by pair, so that a
 * work-item has both elements that are rotated together: with a distance of d between them, row 0, row d, row 1, row 1
 * + d, and so on, head by head.
 *
 * @param query    (1, heads, headDim)
 * @param keys     (kvHeads, capacity, headDim): position p goes to slot p mod capacity. An array with a capacity of one
 *                 takes what is packed afterwards
 * @param values   as keys
 * @param rotation (1, headDim + 1), from {@link dev.sirocco.tasks.rope.RotaryTable}
 * @param heads    query heads
 * @param kvHeads  key and value heads
 * @param headDim  elements of a head, even
 * @param distance between the elements of a pair, from {@link dev.sirocco.tasks.rope.RotaryPairs#distance}
 */
public record HeadRows(
        FloatArray query,
        FloatArray keys,
        FloatArray values,
        FloatArray rotation,
        int heads,
        int kvHeads,
        int headDim,
        int distance) {

    /** {@return the row of a matrix that comes as number i} */
    static int row(int i, int distance) {
        return distance == 1 ? i : i / (2 * distance) * 2 * distance + i / 2 % distance + i % 2 * distance;
    }

    /**
     * Rotates a pair of a group's rows, if it is not of the values, and writes it. The groups of queries come first,
     * then those of keys, and then those of values.
     *
     * @param group    of all groups
     * @param first    number of the pair's left element among the group's rows
     * @param rows     of queries
     * @param kvRows   of keys, and as many of values
     * @param perGroup rows of a group
     */
    static void put(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray rotation,
            IntArray step,
            int group,
            int first,
            int rows,
            int kvRows,
            int headDim,
            int distance,
            int perGroup,
            float left,
            float right) {
        int keyGroup = group - VectorProducts.groups(rows, perGroup);
        int valueGroup = keyGroup - VectorProducts.groups(kvRows, perGroup);
        if (keyGroup < 0) {
            query(q, group * perGroup + first, rows, headDim, distance, left, right, rotation);
        } else if (valueGroup < 0) {
            key(keys, keyGroup * perGroup + first, kvRows, headDim, distance, left, right, rotation, step);
        } else {
            value(values, valueGroup * perGroup + first, kvRows, headDim, distance, left, right, step);
        }
    }

    /** Rotates rows number i and i + 1 of the queries, and writes them. */
    private static void query(
            FloatArray q, int i, int rows, int headDim, int distance, float left, float right, FloatArray rotation) {
        if (i < rows) {
            int at = row(i, distance);
            float cos = rotation.get(i % headDim);
            float sin = rotation.get(i % headDim + 1);
            float temperature = rotation.get(headDim);
            q.set(at, temperature * (left * cos - right * sin));
            q.set(at + distance, temperature * (left * sin + right * cos));
        }
    }

    /** Rotates rows number i and i + 1 of the keys, and writes them to the slot of the step's position. */
    private static void key(
            FloatArray keys,
            int i,
            int rows,
            int headDim,
            int distance,
            float left,
            float right,
            FloatArray rotation,
            IntArray step) {
        float cos = rotation.get(i % headDim);
        float sin = rotation.get(i % headDim + 1);
        value(keys, i, rows, headDim, distance, left * cos - right * sin, left * sin + right * cos, step);
    }

    /** Writes rows number i and i + 1 of the values to the slot of the step's position. */
    private static void value(
            FloatArray values, int i, int rows, int headDim, int distance, float left, float right, IntArray step) {
        if (i < rows) {
            int capacity = values.getSize() / rows;
            int slot = step.get(StepState.POSITION) % capacity;
            int to = (i / headDim * capacity + slot) * headDim + row(i % headDim, distance);
            values.set(to, left);
            values.set(to + distance, right);
        }
    }
}
