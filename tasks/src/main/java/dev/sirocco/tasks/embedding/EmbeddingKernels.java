package dev.sirocco.tasks.embedding;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.float16.BFloat16;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Looks rows of a table up: {@code out[t] = table[tokens[t]]}. In every kernel {@code table} is (vocabulary, dim) in
 * the format's layout, {@code tokens} is (batch) with ids below the vocabulary's size, which the host has checked,
 * {@code out} is (batch, dim), and {@code batch} is the most rows that a step can have.
 */
public final class EmbeddingKernels {
    private EmbeddingKernels() {}

    /** Looks up fp32 rows. */
    public static void f32Embedding(
            FloatArray table, IntArray tokens, FloatArray out, IntArray step, int batch, int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int from = tokens.get(t) * dim;
                for (int i = 0; i < dim; i++) {
                    out.set(t * dim + i, table.get(from + i));
                }
            }
        }
    }

    /** Looks up fp16 rows. */
    public static void f16Embedding(
            HalfFloatArray table, IntArray tokens, FloatArray out, IntArray step, int batch, int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int from = tokens.get(t) * dim;
                for (int i = 0; i < dim; i++) {
                    out.set(t * dim + i, table.get(from + i).getFloat32());
                }
            }
        }
    }

    /** Looks up bf16 rows. */
    public static void bf16Embedding(
            ShortArray table, IntArray tokens, FloatArray out, IntArray step, int batch, int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int from = tokens.get(t) * dim;
                for (int i = 0; i < dim; i++) {
                    out.set(t * dim + i, BFloat16.get(table, from + i));
                }
            }
        }
    }

    /**
     * Looks up rows of a block format, see {@link BlockFormat}, whose blocks have {@code size} weights in {@code bytes}
     * bytes; {@code dim} is a multiple of {@code size}.
     */
    public static void blockEmbedding(
            ByteArray table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int format,
            int size,
            int bytes,
            int batch,
            int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                float[] decoded = new float[BlockFormat.MOST_WEIGHTS];
                float[] factors = new float[BlockFormat.FACTORS];
                BlockFormat.clear(decoded, BlockFormat.MOST_WEIGHTS);
                BlockFormat.clear(factors, BlockFormat.FACTORS);
                int blocks = dim / size;
                for (int b = 0; b < blocks; b++) {
                    BlockFormat.decode(format, table, (tokens.get(t) * blocks + b) * bytes, decoded, 0, factors);
                    for (int i = 0; i < size; i++) {
                        out.set(t * dim + b * size + i, decoded[i]);
                    }
                }
            }
        }
    }
}
