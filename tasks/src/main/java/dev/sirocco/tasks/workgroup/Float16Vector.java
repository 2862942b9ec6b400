package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix-vector products with fp16 weights for work-groups. A group computes {@code perGroup} rows; its
 * {@code lanes} work-items share out a row's parts. In every kernel {@code step} is as in {@link StepState},
 * {@code cols} is the length of a row, and {@code lanes} is the group's size, a power of two. {@code lanes ·
 * perGroup} is at most {@value GroupSum#CAPACITY}, and half of that for gated products.
 */
public final class Float16Vector {
    private Float16Vector() {}

    /**
     * Multiplies one matrix.
     *
     * @param weights    (rows, cols)
     * @param x          (1, cols)
     * @param out        (1, rows)
     * @param rows       outputs
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void halfVector(
            KernelContext context,
            HalfFloatArray weights,
            FloatArray x,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int lanes,
            int perGroup,
            int accumulate) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int row = context.groupIdx * perGroup;
        int tokens = step.get(StepState.ROWS);
        multiplyRows(weights, x, shared, 0, tokens, row, rows, 1, cols, lane, lanes, perGroup);
        GroupSum.addRows(context, shared, lane, lanes, perGroup);
        if (tokens > 0 && lane < perGroup && row + lane < rows) {
            Output.put(out, row + lane, shared[lane * lanes], accumulate);
        }
    }

    /**
     * Multiplies the matrices of queries, keys and values, rotates, and writes keys and values where attention reads
     * them, see {@link HeadRows}. A group belongs to one matrix; the groups of queries come first, then those of keys.
     *
     * @param wq         (heads · headDim, cols)
     * @param wk         (kvHeads · headDim, cols)
     * @param wv         as wk
     * @param x          (1, cols)
     * @param q          (1, heads, headDim)
     * @param keys       (kvHeads, capacity, headDim): position p goes to slot p mod capacity
     * @param values     as keys
     * @param rotation   (1, headDim + 1), from {@link dev.sirocco.tasks.rope.RotaryTable}
     * @param heads      query heads
     * @param kvHeads    key and value heads
     * @param headDim    elements of a head, even
     * @param distance   between the elements of a pair, see {@link HeadRows}
     * @param perGroup   rows of a group, even
     */
    public static void halfHeads(
            KernelContext context,
            HalfFloatArray wq,
            HalfFloatArray wk,
            HalfFloatArray wv,
            FloatArray x,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray rotation,
            IntArray step,
            int heads,
            int kvHeads,
            int headDim,
            int distance,
            int cols,
            int lanes,
            int perGroup) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int tokens = step.get(StepState.ROWS);
        int rows = heads * headDim;
        int kvRows = kvHeads * headDim;
        multiplyHeads(context, wq, wk, wv, x, shared, tokens, rows, kvRows, distance, cols, lanes, perGroup);
        if (tokens > 0 && lane < perGroup / 2) {
            float left = shared[2 * lane * lanes];
            float right = shared[(2 * lane + 1) * lanes];
            int first = 2 * lane;
            int group = context.groupIdx;
            HeadRows.put(
                    q, keys, values, rotation, step, group, first, rows, kvRows, headDim, distance, perGroup, left,
                    right);
        }
    }

    /** As {@link #halfHeads} for a cache of binary16, two bytes an element. */
    public static void halfHeadsIntoHalves(
            KernelContext context,
            HalfFloatArray wq,
            HalfFloatArray wk,
            HalfFloatArray wv,
            FloatArray x,
            FloatArray q,
            ByteArray keys,
            ByteArray values,
            FloatArray rotation,
            IntArray step,
            int heads,
            int kvHeads,
            int headDim,
            int distance,
            int cols,
            int lanes,
            int perGroup) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int tokens = step.get(StepState.ROWS);
        int rows = heads * headDim;
        int kvRows = kvHeads * headDim;
        multiplyHeads(context, wq, wk, wv, x, shared, tokens, rows, kvRows, distance, cols, lanes, perGroup);
        if (tokens > 0 && lane < perGroup / 2) {
            float left = shared[2 * lane * lanes];
            float right = shared[(2 * lane + 1) * lanes];
            int first = 2 * lane;
            int group = context.groupIdx;
            HeadRows.putHalves(
                    q, keys, values, rotation, step, group, first, rows, kvRows, headDim, distance, perGroup, left,
                    right);
        }
    }

    /** Leaves the sums of a group's rows in shared memory, {@code lanes} elements apart. */
    private static void multiplyHeads(
            KernelContext context,
            HalfFloatArray wq,
            HalfFloatArray wk,
            HalfFloatArray wv,
            FloatArray x,
            float[] shared,
            int tokens,
            int rows,
            int kvRows,
            int distance,
            int cols,
            int lanes,
            int perGroup) {
        int lane = context.localIdx;
        int group = context.groupIdx;
        int keyGroup = group - VectorProducts.groups(rows, perGroup);
        int valueGroup = keyGroup - VectorProducts.groups(kvRows, perGroup);
        if (keyGroup < 0) {
            multiplyRows(wq, x, shared, 0, tokens, group * perGroup, rows, distance, cols, lane, lanes, perGroup);
        } else if (valueGroup < 0) {
            multiplyRows(wk, x, shared, 0, tokens, keyGroup * perGroup, kvRows, distance, cols, lane, lanes, perGroup);
        } else {
            multiplyRows(
                    wv, x, shared, 0, tokens, valueGroup * perGroup, kvRows, distance, cols, lane, lanes, perGroup);
        }
        GroupSum.addRows(context, shared, lane, lanes, perGroup);
    }

    /**
     * Multiplies gate and up matrix, and gates: {@code out = silu(gate x) · (up x)}.
     *
     * @param gate       (rows, cols)
     * @param up         (rows, cols)
     * @param x          (1, cols)
     * @param out        (1, rows)
     * @param rows       outputs
     */
    public static void halfGated(
            KernelContext context,
            HalfFloatArray gate,
            HalfFloatArray up,
            FloatArray x,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int lanes,
            int perGroup) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int row = context.groupIdx * perGroup;
        int tokens = step.get(StepState.ROWS);
        multiplyRows(gate, x, shared, 0, tokens, row, rows, 1, cols, lane, lanes, perGroup);
        multiplyRows(up, x, shared, perGroup, tokens, row, rows, 1, cols, lane, lanes, perGroup);
        GroupSum.addRows(context, shared, lane, lanes, 2 * perGroup);
        if (tokens > 0 && lane < perGroup && row + lane < rows) {
            out.set(row + lane, SwiGlu.gate(shared[lane * lanes], shared[(perGroup + lane) * lanes]));
        }
    }

    /**
     * Writes each work-item's share of rows {@code row …} to {@code shared[first …]}: (perGroup, lanes). The rows are
     * in the order of {@link HeadRows#row}, which a distance of 1 leaves as it is.
     */
    private static void multiplyRows(
            HalfFloatArray weights,
            FloatArray x,
            float[] shared,
            int first,
            int tokens,
            int row,
            int rows,
            int distance,
            int cols,
            int lane,
            int lanes,
            int perGroup) {
        float[] partial = new float[VectorProducts.MAX_ROWS];
        for (int i = 0; i < VectorProducts.MAX_ROWS; i++) {
            partial[i] = 0f;
        }
        int parts = tokens > 0 ? cols / FloatParts.SIZE : 0;
        for (int part = lane; part < parts; part += lanes) {
            for (int i = 0; i < perGroup; i++) {
                int from = HeadRows.row(TornadoMath.min(row + i, rows - 1), distance) * cols;
                partial[i] += FloatParts.dot(weights, from + part * FloatParts.SIZE, x, part * FloatParts.SIZE);
            }
        }
        int rest = tokens > 0 ? cols : 0;
        for (int col = cols / FloatParts.SIZE * FloatParts.SIZE + lane; col < rest; col += lanes) {
            for (int i = 0; i < perGroup; i++) {
                int from = HeadRows.row(TornadoMath.min(row + i, rows - 1), distance) * cols;
                partial[i] += weights.get(from + col).getFloat32() * x.get(col);
            }
        }
        for (int i = 0; i < perGroup; i++) {
            shared[(first + i) * lanes + lane] = partial[i];
        }
    }
}
