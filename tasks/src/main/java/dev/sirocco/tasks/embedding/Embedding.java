package dev.sirocco.tasks.embedding;

import dev.sirocco.tasks.matmul.WeightTensor;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Chooses the lookup kernel by the table's format. */
public final class Embedding {
    private Embedding() {}

    /**
     * Adds {@code out[t] = table[tokens[t]]} to a graph.
     *
     * @param graph  to which the task is added
     * @param task   the task's name
     * @param table  (vocabulary, dim)
     * @param tokens (batch)
     * @param out    (batch, dim)
     * @param step   see {@link dev.sirocco.tasks.StepState}
     * @param batch  the most rows that a step can have
     */
    public static void add(
            TaskGraph graph,
            String task,
            WeightTensor table,
            IntArray tokens,
            FloatArray out,
            IntArray step,
            int batch) {
        int dim = table.cols();
        switch (table.format()) {
            case F32 ->
                graph.task(
                        task, EmbeddingKernels::f32Embedding, (FloatArray) table.data(), tokens, out, step, batch, dim);
            case F16 ->
                graph.task(
                        task,
                        EmbeddingKernels::f16Embedding,
                        (HalfFloatArray) table.data(),
                        tokens,
                        out,
                        step,
                        batch,
                        dim);
            case BF16 ->
                graph.task(
                        task,
                        EmbeddingKernels::bf16Embedding,
                        (ShortArray) table.data(),
                        tokens,
                        out,
                        step,
                        batch,
                        dim);
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                graph.task(
                        task,
                        EmbeddingKernels::blockEmbedding,
                        (ByteArray) table.data(),
                        tokens,
                        out,
                        step,
                        table.format().code(),
                        table.format().blockSize(),
                        table.format().blockBytes(),
                        batch,
                        dim);
        }
    }
}
