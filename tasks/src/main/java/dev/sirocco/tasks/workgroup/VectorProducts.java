package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Adds products of one token to graphs, and chooses the kernels by weight format.
 *
 * @param lanes    work-items of a group, a power of two
 * @param perGroup rows of a group, 1 to {@value #MAX_ROWS}
 */
public record VectorProducts(int lanes, int perGroup) {
    /** The most rows of a group: its work-items keep so many sums in registers. */
    public static final int MAX_ROWS = 8;

    /** What {@code lanes · perGroup} may be at most: gated products have twice as many sums in local memory. */
    public static final int MAX_SUMS = GroupSum.CAPACITY / 2;

    public VectorProducts {
        if (lanes < perGroup || lanes * perGroup > MAX_SUMS || perGroup < 1 || perGroup > MAX_ROWS) {
            throw new IllegalArgumentException("groups of " + lanes + " work-items for " + perGroup
                    + " rows: rows are 1 to " + MAX_ROWS + ", at most one a work-item, and their product is at most "
                    + MAX_SUMS);
        }
    }

    /** {@return whether there is a kernel that multiplies matrices at once: they have such a format in common} */
    public static boolean fuse(WeightTensor first, WeightTensor... others) {
        if (first.format() == WeightFormat.BF16) {
            return false;
        }
        for (WeightTensor other : others) {
            if (other.format() != first.format()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds {@code out = weight · x}, or {@code out += weight · x}.
     *
     * @param out (1, rows)
     */
    public void add(
            StepGraph step, String task, WeightTensor weight, GroupInput x, FloatArray out, boolean accumulate) {
        KernelContext context = new KernelContext();
        IntArray state = step.state();
        int rows = weight.rows();
        int cols = weight.cols();
        int add = accumulate ? 1 : 0;
        switch (weight.format()) {
            case BF16 ->
                step.tasks()
                        .task(
                                task,
                                BFloat16Groups::bf16Vector,
                                context,
                                (ShortArray) weight.data(),
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                lanes,
                                perGroup,
                                add);
            case F32 ->
                step.tasks()
                        .task(
                                task,
                                Float32Vector::floatVector,
                                context,
                                (FloatArray) weight.data(),
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                lanes,
                                perGroup,
                                add);
            case F16 ->
                step.tasks()
                        .task(
                                task,
                                Float16Vector::halfVector,
                                context,
                                (HalfFloatArray) weight.data(),
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                lanes,
                                perGroup,
                                add);
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                step.tasks()
                        .task(
                                task,
                                BlockVector::blockVector,
                                context,
                                (ByteArray) weight.data(),
                                x.quantized(),
                                x.scales(),
                                x.halfSums(),
                                out,
                                state,
                                x.reading(weight.format()),
                                rows,
                                cols,
                                lanes,
                                perGroup,
                                add);
        }
        step.grid(task, groups(rows, perGroup), lanes);
    }

    /**
     * Adds the three products of attention's input, their rotation, and the write of keys and values, as one task. Its
     * groups have an even number of rows, so that the elements of a pair are in the same group.
     *
     * @param wq    of the same format as wk and wv
     * @param heads where rows go
     */
    public void addQueryKeyValue(
            StepGraph step,
            String task,
            WeightTensor wq,
            WeightTensor wk,
            WeightTensor wv,
            GroupInput x,
            HeadRows heads) {
        KernelContext context = new KernelContext();
        IntArray state = step.state();
        int cols = wq.cols();
        int pairedRows = perGroup + perGroup % 2;
        switch (wq.format()) {
            case BF16 -> throw new IllegalArgumentException("matrices of BF16 are multiplied one by one");
            case F32 -> {
                if (heads.halves()) {
                    step.tasks()
                            .task(
                                    task,
                                    Float32Vector::floatHeadsIntoHalves,
                                    context,
                                    (FloatArray) wq.data(),
                                    (FloatArray) wk.data(),
                                    (FloatArray) wv.data(),
                                    x.values(),
                                    heads.query(),
                                    heads.cache().packedKeys(),
                                    heads.cache().packedValues(),
                                    heads.rotation(),
                                    state,
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                } else {
                    step.tasks()
                            .task(
                                    task,
                                    Float32Vector::floatHeads,
                                    context,
                                    (FloatArray) wq.data(),
                                    (FloatArray) wk.data(),
                                    (FloatArray) wv.data(),
                                    x.values(),
                                    heads.query(),
                                    heads.cache().keys(),
                                    heads.cache().values(),
                                    heads.rotation(),
                                    state,
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                }
            }
            case F16 -> {
                if (heads.halves()) {
                    step.tasks()
                            .task(
                                    task,
                                    Float16Vector::halfHeadsIntoHalves,
                                    context,
                                    (HalfFloatArray) wq.data(),
                                    (HalfFloatArray) wk.data(),
                                    (HalfFloatArray) wv.data(),
                                    x.values(),
                                    heads.query(),
                                    heads.cache().packedKeys(),
                                    heads.cache().packedValues(),
                                    heads.rotation(),
                                    state,
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                } else {
                    step.tasks()
                            .task(
                                    task,
                                    Float16Vector::halfHeads,
                                    context,
                                    (HalfFloatArray) wq.data(),
                                    (HalfFloatArray) wk.data(),
                                    (HalfFloatArray) wv.data(),
                                    x.values(),
                                    heads.query(),
                                    heads.cache().keys(),
                                    heads.cache().values(),
                                    heads.rotation(),
                                    state,
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                }
            }
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                if (heads.halves()) {
                    step.tasks()
                            .task(
                                    task,
                                    BlockVector::blockHeadsIntoHalves,
                                    context,
                                    (ByteArray) wq.data(),
                                    (ByteArray) wk.data(),
                                    (ByteArray) wv.data(),
                                    x.quantized(),
                                    x.scales(),
                                    x.halfSums(),
                                    heads.query(),
                                    heads.cache().packedKeys(),
                                    heads.cache().packedValues(),
                                    heads.rotation(),
                                    state,
                                    x.reading(wq.format()),
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                } else {
                    step.tasks()
                            .task(
                                    task,
                                    BlockVector::blockHeads,
                                    context,
                                    (ByteArray) wq.data(),
                                    (ByteArray) wk.data(),
                                    (ByteArray) wv.data(),
                                    x.quantized(),
                                    x.scales(),
                                    x.halfSums(),
                                    heads.query(),
                                    heads.cache().keys(),
                                    heads.cache().values(),
                                    heads.rotation(),
                                    state,
                                    x.reading(wq.format()),
                                    heads.heads(),
                                    heads.kvHeads(),
                                    heads.headDim(),
                                    heads.distance(),
                                    cols,
                                    lanes,
                                    pairedRows);
                }
            }
        }
        step.grid(task, groups(wq.rows(), pairedRows) + 2 * groups(wk.rows(), pairedRows), lanes);
    }

    /**
     * Adds {@code out = silu(gate · x) · (up · x)} as one task.
     *
     * @param gate of the same format as up
     * @param out  (1, rows)
     */
    public void addGated(
            StepGraph step, String task, WeightTensor gate, WeightTensor up, GroupInput x, FloatArray out) {
        KernelContext context = new KernelContext();
        IntArray state = step.state();
        int rows = gate.rows();
        int cols = gate.cols();
        switch (gate.format()) {
            case BF16 -> throw new IllegalArgumentException("matrices of BF16 are multiplied one by one");
            case F32 ->
                step.tasks()
                        .task(
                                task,
                                Float32Vector::floatGated,
                                context,
                                (FloatArray) gate.data(),
                                (FloatArray) up.data(),
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                lanes,
                                perGroup);
            case F16 ->
                step.tasks()
                        .task(
                                task,
                                Float16Vector::halfGated,
                                context,
                                (HalfFloatArray) gate.data(),
                                (HalfFloatArray) up.data(),
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                lanes,
                                perGroup);
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                step.tasks()
                        .task(
                                task,
                                BlockVector::blockGated,
                                context,
                                (ByteArray) gate.data(),
                                (ByteArray) up.data(),
                                x.quantized(),
                                x.scales(),
                                x.halfSums(),
                                out,
                                state,
                                x.reading(gate.format()),
                                rows,
                                cols,
                                lanes,
                                perGroup);
        }
        step.grid(task, groups(rows, perGroup), lanes);
    }

    /** {@return groups of so many rows each that it takes} */
    static int groups(int rows, int perGroup) {
        return (rows - 1) / perGroup + 1;
    }
}
