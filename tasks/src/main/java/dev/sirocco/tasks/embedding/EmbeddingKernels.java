package dev.sirocco.tasks.embedding;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Looks rows of a table up: {@code out[t] = table[tokens[t]]}. In every kernel {@code table} is (vocabulary, dim) in
 * the format's layout, {@code tokens} is (batch) with ids below the vocabulary's size, which the host has checked,
 * {@code out} is (batch, dim), and {@code batch} is the most rows that a step can have.
 */
public final class EmbeddingKernels {
    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final int SCALE_BYTES = 2;
    private static final int Q8_BYTES = 34;
    private static final int Q4_BYTES = 18;

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

    /** Looks up Q8_0 rows; {@code dim} is a multiple of 32. */
    public static void q8Embedding(
            ByteArray table, IntArray tokens, FloatArray out, IntArray step, int batch, int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int blocks = dim / BLOCK;
                for (int b = 0; b < blocks; b++) {
                    int block = (tokens.get(t) * blocks + b) * Q8_BYTES;
                    int to = (t * blocks + b) * BLOCK;
                    float scale = Float16.get(table, block);
                    for (int i = 0; i < BLOCK; i++) {
                        out.set(to + i, scale * table.get(block + SCALE_BYTES + i));
                    }
                }
            }
        }
    }

    /** Looks up Q4_0 rows; {@code dim} is a multiple of 32. */
    public static void q4Embedding(
            ByteArray table, IntArray tokens, FloatArray out, IntArray step, int batch, int dim) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int blocks = dim / BLOCK;
                for (int b = 0; b < blocks; b++) {
                    int block = (tokens.get(t) * blocks + b) * Q4_BYTES;
                    int to = (t * blocks + b) * BLOCK;
                    float scale = Float16.get(table, block);
                    for (int i = 0; i < HALF; i++) {
                        int pair = table.get(block + SCALE_BYTES + i);
                        out.set(to + i, scale * ((pair & 0xF) - 8));
                        out.set(to + HALF + i, scale * (((pair >> 4) & 0xF) - 8));
                    }
                }
            }
        }
    }
}
