package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.CacheRows;
import dev.sirocco.tasks.attention.KvCache;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Where a token's queries, keys and values go when they leave their product. Rows are taken pair by pair, so that a
 * work-item has both elements that are rotated together: with a distance of d between them, row 0, row d, row 1, row 1
 * + d, and so on, head by head.
 *
 * @param query    (1, heads, headDim)
 * @param cache    for keys and values, of fp32 or binary16: position p goes to slot p mod capacity. One with a capacity
 *                 of one takes what is packed in blocks afterwards
 * @param rotation (1, headDim + 1), from {@link dev.sirocco.tasks.rope.RotaryTable}
 * @param heads    query heads
 * @param kvHeads  key and value heads
 * @param headDim  elements of a head, even
 * @param distance between the elements of a pair, from {@link dev.sirocco.tasks.rope.RotaryPairs#distance}
 */
public record HeadRows(
        FloatArray query, KvCache cache, FloatArray rotation, int heads, int kvHeads, int headDim, int distance) {

    public HeadRows {
        if (cache.format() == CacheFormat.Q8_0) {
            throw new IllegalArgumentException("a group has fewer rows than a block of Q8_0");
        }
    }

    /** {@return whether keys and values are stored as binary16} */
    boolean halves() {
        return cache.format() == CacheFormat.F16;
    }

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

    /** As {@link #put} for keys and values of binary16. */
    static void putHalves(
            FloatArray q,
            ByteArray keys,
            ByteArray values,
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
            int i = keyGroup * perGroup + first;
            float cos = rotation.get(i % headDim);
            float sin = rotation.get(i % headDim + 1);
            halves(keys, i, kvRows, headDim, distance, left * cos - right * sin, left * sin + right * cos, step);
        } else {
            halves(values, valueGroup * perGroup + first, kvRows, headDim, distance, left, right, step);
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
            int to = place(i, values.getSize() / rows, headDim, distance, step);
            values.set(to, left);
            values.set(to + distance, right);
        }
    }

    /** Writes rows number i and i + 1 of keys or values to the slot of the step's position. */
    private static void halves(
            ByteArray values, int i, int rows, int headDim, int distance, float left, float right, IntArray step) {
        if (i < rows) {
            int to = place(i, values.getSize() / (2 * rows), headDim, distance, step);
            CacheRows.storeHalf(values, 2 * to, left);
            CacheRows.storeHalf(values, 2 * (to + distance), right);
        }
    }

    /** {@return where row number i goes in a cache, at the slot of the step's position} */
    private static int place(int i, int capacity, int headDim, int distance, IntArray step) {
        int slot = step.get(StepState.POSITION) % capacity;
        return (i / headDim * capacity + slot) * headDim + row(i % headDim, distance);
    }
}
