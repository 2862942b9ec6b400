package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * The product with one weight matrix as a task. This is the one place that chooses a kernel by weight format.
 *
 * @param weight the matrix
 * @param input  what it is multiplied with; prepared already, see {@link LinearInput#addPreparation}
 * @param out    (batch, rows)
 * @param step   see {@link dev.sirocco.tasks.StepState}
 */
public record Linear(WeightTensor weight, LinearInput input, FloatArray out, IntArray step) {
    public Linear {
        if (input.cols() != weight.cols()) {
            throw new IllegalArgumentException("tensor " + weight.name() + " has " + weight.cols()
                    + " columns but its input has rows of " + input.cols());
        }
    }

    /**
     * Adds the product to a graph.
     *
     * @param graph      to which the task is added
     * @param task       the task's name
     * @param batch      the most rows that a step can have; 1 takes the matrix-vector kernel
     * @param accumulate whether to add to {@code out} instead of writing it
     */
    public void add(TaskGraph graph, String task, int batch, boolean accumulate) {
        int add = accumulate ? 1 : 0;
        if (batch == 1) {
            addMatrixVector(graph, task, add);
        } else {
            addMatrixMatrix(graph, task, add);
        }
    }

    private void addMatrixVector(TaskGraph graph, String task, int add) {
        int rows = weight.rows();
        int cols = weight.cols();
        FloatArray x = input.values();
        Int8Array q = input.quantized();
        FloatArray scales = input.scales();
        FloatArray sums = input.sums();
        switch (weight.format()) {
            case F32 -> {
                FloatArray w = (FloatArray) weight.data();
                graph.task(task, Float32Product::f32MatrixVector, w, x, out, step, rows, cols, add);
            }
            case F16 -> {
                HalfFloatArray w = (HalfFloatArray) weight.data();
                graph.task(task, Float16Product::f16MatrixVector, w, x, out, step, rows, cols, add);
            }
            case BF16 -> {
                ShortArray w = (ShortArray) weight.data();
                graph.task(task, BFloat16Product::bf16MatrixVector, w, x, out, step, rows, cols, add);
            }
            case Q8_0 -> {
                ByteArray w = (ByteArray) weight.data();
                graph.task(task, Q8Product::q8MatrixVector, w, q, scales, out, step, rows, cols, add);
            }
            case Q4_0 -> {
                ByteArray w = (ByteArray) weight.data();
                graph.task(task, Q4Product::q4MatrixVector, w, q, scales, sums, out, step, rows, cols, add);
            }
            case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                ByteArray w = (ByteArray) weight.data();
                FloatArray halfSums = input.halfSums();
                int format = weight.format().code();
                int size = weight.format().blockSize();
                int bytes = weight.format().blockBytes();
                graph.task(
                        task,
                        BlockProduct::blockMatrixVector,
                        w,
                        q,
                        scales,
                        sums,
                        halfSums,
                        out,
                        step,
                        format,
                        size,
                        bytes,
                        rows,
                        cols,
                        add);
            }
        }
    }

    private void addMatrixMatrix(TaskGraph graph, String task, int add) {
        int rows = weight.rows();
        int cols = weight.cols();
        int tiles = PanelTile.count(rows);
        FloatArray panels = input.panels();
        Int8Array q = input.quantized();
        FloatArray scales = input.scales();
        FloatArray sums = input.sums();
        switch (weight.format()) {
            case F32 -> {
                FloatArray w = (FloatArray) weight.data();
                graph.task(task, Float32Product::f32MatrixMatrix, w, panels, out, step, tiles, rows, cols, add);
            }
            case F16 -> {
                HalfFloatArray w = (HalfFloatArray) weight.data();
                graph.task(task, Float16Product::f16MatrixMatrix, w, panels, out, step, tiles, rows, cols, add);
            }
            case BF16 -> {
                ShortArray w = (ShortArray) weight.data();
                graph.task(task, BFloat16Product::bf16MatrixMatrix, w, panels, out, step, tiles, rows, cols, add);
            }
            case Q8_0 -> {
                ByteArray w = (ByteArray) weight.data();
                graph.task(task, Q8Product::q8MatrixMatrix, w, q, scales, out, step, tiles, rows, cols, add);
            }
            case Q4_0 -> {
                ByteArray w = (ByteArray) weight.data();
                graph.task(task, Q4Product::q4MatrixMatrix, w, q, scales, sums, out, step, tiles, rows, cols, add);
            }
            case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                ByteArray w = (ByteArray) weight.data();
                FloatArray rounded = input.rounded();
                int format = weight.format().code();
                int size = weight.format().blockSize();
                int bytes = weight.format().blockBytes();
                graph.task(
                        task,
                        BlockProduct::blockMatrixMatrix,
                        w,
                        rounded,
                        out,
                        step,
                        format,
                        size,
                        bytes,
                        tiles,
                        rows,
                        cols,
                        add);
            }
        }
    }
}
