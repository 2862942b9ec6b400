package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.float16.BFloat16;
import dev.sirocco.tasks.matmul.WeightTensor;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Looks rows of a table up, one group a token: {@code out[t] = table[tokens[t]]}. In every kernel {@code table} is
 * (vocabulary, dim), {@code tokens} is (batch) with ids below the vocabulary's size, {@code out} is (batch, dim), and
 * {@code lanes} is the group's size.
 */
public final class GroupEmbedding {
    private GroupEmbedding() {}

    /** Adds the lookup to a graph. */
    public static void add(
            StepGraph step, String task, WeightTensor table, IntArray tokens, FloatArray out, int lanes) {
        IntArray state = step.state();
        int dim = table.cols();
        KernelContext context = new KernelContext();
        switch (table.format()) {
            case BF16 -> {
                ShortArray rows = (ShortArray) table.data();
                step.tasks().task(task, GroupEmbedding::bf16Lookup, context, rows, tokens, out, state, dim, lanes);
            }
            case F32 -> {
                FloatArray rows = (FloatArray) table.data();
                step.tasks().task(task, GroupEmbedding::floatLookup, context, rows, tokens, out, state, dim, lanes);
            }
            case F16 -> {
                HalfFloatArray rows = (HalfFloatArray) table.data();
                step.tasks().task(task, GroupEmbedding::halfLookup, context, rows, tokens, out, state, dim, lanes);
            }
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                ByteArray rows = (ByteArray) table.data();
                int code = table.format().code();
                step.tasks()
                        .task(task, GroupEmbedding::blockLookup, context, rows, tokens, out, state, code, dim, lanes);
            }
        }
        step.grid(task, step.batch(), lanes);
    }

    /** Looks up fp32 rows. */
    public static void floatLookup(
            KernelContext context,
            FloatArray table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int dim,
            int lanes) {
        int row = context.groupIdx;
        if (row < step.get(StepState.ROWS)) {
            int from = tokens.get(row) * dim;
            for (int i = context.localIdx; i < dim; i += lanes) {
                out.set(row * dim + i, table.get(from + i));
            }
        }
    }

    /** Looks up fp16 rows. */
    public static void halfLookup(
            KernelContext context,
            HalfFloatArray table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int dim,
            int lanes) {
        int row = context.groupIdx;
        if (row < step.get(StepState.ROWS)) {
            int from = tokens.get(row) * dim;
            for (int i = context.localIdx; i < dim; i += lanes) {
                out.set(row * dim + i, table.get(from + i).getFloat32());
            }
        }
    }

    /** Looks up bf16 rows. */
    public static void bf16Lookup(
            KernelContext context,
            ShortArray table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int dim,
            int lanes) {
        int row = context.groupIdx;
        if (row < step.get(StepState.ROWS)) {
            int from = tokens.get(row) * dim;
            for (int i = context.localIdx; i < dim; i += lanes) {
                out.set(row * dim + i, BFloat16.get(table, from + i));
            }
        }
    }

    /** Looks up rows of a block format, see {@link BlockFormat}. */
    public static void blockLookup(
            KernelContext context,
            ByteArray table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int format,
            int dim,
            int lanes) {
        int row = context.groupIdx;
        if (row < step.get(StepState.ROWS)) {
            int size = BlockFormat.weights(format);
            int first = tokens.get(row) * (dim / size);
            for (int i = context.localIdx; i < dim; i += lanes) {
                int at = (first + i / size) * BlockFormat.bytes(format);
                int half = i % size / BlockParts.HALF;
                float scaled =
                        BlockParts.scale(format, table, at, half) * BlockParts.integer(format, table, at, i % size);
                out.set(row * dim + i, scaled + BlockParts.offset(format, table, at, half));
            }
        }
    }
}
