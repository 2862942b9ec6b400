package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix-vector products with block format weights for work-groups. A group computes {@code perGroup} rows; its
 * {@code lanes} work-items share out a row's parts or strips. In every kernel {@code step} is as in {@link StepState},
 * {@code cols} is the length of a row, and {@code lanes} is the group's size, a power of two. {@code lanes ·
 * perGroup} is at most {@value GroupSum#CAPACITY}, and half of that for gated products.
 */
public final class BlockVector {
    private BlockVector() {}

    /**
     * Multiplies one matrix.
     *
     * @param weights    (rows, cols)
     * @param x          (1, cols), int8, see {@link dev.sirocco.tasks.matmul.ActivationQuantizer}
     * @param scales     (1, cols / 32), of x
     * @param halfSums   (1, cols / 16), of x
     * @param out        (1, rows)
     * @param reading    the weights' number of {@link BlockFormat}; {@link BlockStrips#READ} is added to read strips
     * @param rows       outputs
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void blockVector(
            KernelContext context,
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            FloatArray out,
            IntArray step,
            int reading,
            int rows,
            int cols,
            int lanes,
            int perGroup,
            int accumulate) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int row = context.groupIdx * perGroup;
        int tokens = step.get(StepState.ROWS);
        multiplyRows(
                weights, x, scales, halfSums, shared, 0, tokens, reading, row, rows, 1, cols, lane, lanes, perGroup);
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
     * @param x          (1, cols), int8, see {@link dev.sirocco.tasks.matmul.ActivationQuantizer}
     * @param scales     (1, cols / 32), of x
     * @param halfSums   (1, cols / 16), of x
     * @param q          (1, heads, headDim)
     * @param keys       (kvHeads, capacity, headDim): position p goes to slot p mod capacity
     * @param values     as keys
     * @param rotation   (1, headDim + 1), from {@link dev.sirocco.tasks.rope.RotaryTable}
     * @param reading    the weights' number of {@link BlockFormat}; {@link BlockStrips#READ} is added to read strips
     * @param heads      query heads
     * @param kvHeads    key and value heads
     * @param headDim    elements of a head, even
     * @param distance   between the elements of a pair, see {@link HeadRows}
     * @param perGroup   rows of a group, even
     */
    public static void blockHeads(
            KernelContext context,
            ByteArray wq,
            ByteArray wk,
            ByteArray wv,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray rotation,
            IntArray step,
            int reading,
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
        multiplyHeads(
                context, wq, wk, wv, x, scales, halfSums, shared, tokens, reading, rows, kvRows, distance, cols, lanes,
                perGroup);
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

    /** As {@link #blockHeads} for a cache of binary16, two bytes an element. */
    public static void blockHeadsIntoHalves(
            KernelContext context,
            ByteArray wq,
            ByteArray wk,
            ByteArray wv,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            FloatArray q,
            ByteArray keys,
            ByteArray values,
            FloatArray rotation,
            IntArray step,
            int reading,
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
        multiplyHeads(
                context, wq, wk, wv, x, scales, halfSums, shared, tokens, reading, rows, kvRows, distance, cols, lanes,
                perGroup);
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
            ByteArray wq,
            ByteArray wk,
            ByteArray wv,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            float[] shared,
            int tokens,
            int reading,
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
            multiplyRows(
                    wq,
                    x,
                    scales,
                    halfSums,
                    shared,
                    0,
                    tokens,
                    reading,
                    group * perGroup,
                    rows,
                    distance,
                    cols,
                    lane,
                    lanes,
                    perGroup);
        } else if (valueGroup < 0) {
            multiplyRows(
                    wk,
                    x,
                    scales,
                    halfSums,
                    shared,
                    0,
                    tokens,
                    reading,
                    keyGroup * perGroup,
                    kvRows,
                    distance,
                    cols,
                    lane,
                    lanes,
                    perGroup);
        } else {
            multiplyRows(
                    wv,
                    x,
                    scales,
                    halfSums,
                    shared,
                    0,
                    tokens,
                    reading,
                    valueGroup * perGroup,
                    kvRows,
                    distance,
                    cols,
                    lane,
                    lanes,
                    perGroup);
        }
        GroupSum.addRows(context, shared, lane, lanes, perGroup);
    }

    /**
     * Multiplies gate and up matrix, and gates: {@code out = silu(gate x) · (up x)}.
     *
     * @param gate       (rows, cols)
     * @param up         (rows, cols)
     * @param x          (1, cols), int8, see {@link dev.sirocco.tasks.matmul.ActivationQuantizer}
     * @param scales     (1, cols / 32), of x
     * @param halfSums   (1, cols / 16), of x
     * @param out        (1, rows)
     * @param reading    the weights' number of {@link BlockFormat}; {@link BlockStrips#READ} is added to read strips
     * @param rows       outputs
     */
    public static void blockGated(
            KernelContext context,
            ByteArray gate,
            ByteArray up,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            FloatArray out,
            IntArray step,
            int reading,
            int rows,
            int cols,
            int lanes,
            int perGroup) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        int lane = context.localIdx;
        int row = context.groupIdx * perGroup;
        int tokens = step.get(StepState.ROWS);
        multiplyRows(gate, x, scales, halfSums, shared, 0, tokens, reading, row, rows, 1, cols, lane, lanes, perGroup);
        multiplyRows(
                up, x, scales, halfSums, shared, perGroup, tokens, reading, row, rows, 1, cols, lane, lanes, perGroup);
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
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            float[] shared,
            int first,
            int tokens,
            int reading,
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
        int end = tokens > 0 ? cols : 0;
        if (reading < BlockStrips.READ) {
            addParts(
                    partial, weights, x, scales, halfSums, reading, row, rows, distance, cols, end, lane, lanes,
                    perGroup);
        } else {
            addStrips(
                    partial,
                    weights,
                    x,
                    scales,
                    halfSums,
                    reading - BlockStrips.READ,
                    row,
                    rows,
                    distance,
                    cols,
                    end,
                    lane,
                    lanes,
                    perGroup);
        }
        for (int i = 0; i < perGroup; i++) {
            shared[(first + i) * lanes + lane] = partial[i];
        }
    }

    /** Adds the products of a work-item's parts of each row, of the first {@code end} columns. */
    private static void addParts(
            float[] partial,
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int format,
            int row,
            int rows,
            int distance,
            int cols,
            int end,
            int lane,
            int lanes,
            int perGroup) {
        int size = BlockFormat.weights(format);
        int parts = size / BlockParts.size(format);
        int blocks = cols / size;
        int count = end / size * parts;
        for (int at = lane; at < count; at += lanes) {
            int block = at / parts;
            int part = at % parts;
            int b = block * (size / ActivationQuantizer.BLOCK);
            for (int i = 0; i < perGroup; i++) {
                int from = HeadRows.row(TornadoMath.min(row + i, rows - 1), distance) * blocks + block;
                partial[i] += BlockParts.multiply(
                        format, weights, from * BlockFormat.bytes(format), part, x, scales, halfSums, b);
            }
        }
    }

    /** Adds the products of a work-item's strips of each row, of the first {@code end} columns. */
    private static void addStrips(
            float[] partial,
            ByteArray weights,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int format,
            int row,
            int rows,
            int distance,
            int cols,
            int end,
            int lane,
            int lanes,
            int perGroup) {
        int bytes = BlockStrips.rowBytes(format, cols);
        int count = BlockStrips.rowBytes(format, end) / BlockStrips.SIZE;
        int rounds = count / lanes; // loops with a count are unrolled: several loads are on their way at once
        for (int round = 0; round < rounds; round++) {
            int at = (round * lanes + lane) * BlockStrips.SIZE;
            for (int i = 0; i < perGroup; i++) {
                int from = HeadRows.row(TornadoMath.min(row + i, rows - 1), distance) * bytes;
                partial[i] += BlockStrips.multiply(format, weights, from, at, x, scales, halfSums, cols);
            }
        }
        for (int strip = rounds * lanes + lane; strip < count; strip += lanes) {
            for (int i = 0; i < perGroup; i++) {
                int from = HeadRows.row(TornadoMath.min(row + i, rows - 1), distance) * bytes;
                partial[i] += BlockStrips.multiply(
                        format, weights, from, strip * BlockStrips.SIZE, x, scales, halfSums, cols);
            }
        }
    }
}
