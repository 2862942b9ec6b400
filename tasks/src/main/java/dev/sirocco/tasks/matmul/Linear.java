package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The product with one weight matrix as a task. This is the one place that chooses a kernel by weight format.
 *
 * @param weight the matrix
 * @param input  what it is multiplied with; quantised already when the format asks for that
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
        boolean vector = batch == 1;
        switch (weight.format()) {
            case F32 ->
                addFloat(
                        graph,
                        task,
                        vector ? Float32Product::f32MatrixVector : Float32Product::f32MatrixMatrix,
                        (FloatArray) weight.data(),
                        accumulate);
            case F16 ->
                addFloat(
                        graph,
                        task,
                        vector ? Float16Product::f16MatrixVector : Float16Product::f16MatrixMatrix,
                        (HalfFloatArray) weight.data(),
                        accumulate);
            case Q8_0 ->
                addInteger(graph, task, vector ? Q8Product::q8MatrixVector : Q8Product::q8MatrixMatrix, accumulate);
            case Q4_0 ->
                addInteger(graph, task, vector ? Q4Product::q4MatrixVector : Q4Product::q4MatrixMatrix, accumulate);
        }
    }

    private <W> void addFloat(
            TaskGraph graph,
            String task,
            Task7<W, FloatArray, FloatArray, IntArray, Integer, Integer, Integer> kernel,
            W data,
            boolean accumulate) {
        graph.task(task, kernel, data, input.values(), out, step, weight.rows(), weight.cols(), accumulate ? 1 : 0);
    }

    private void addInteger(
            TaskGraph graph,
            String task,
            Task8<ByteArray, Int8Array, FloatArray, FloatArray, IntArray, Integer, Integer, Integer> kernel,
            boolean accumulate) {
        graph.task(
                task,
                kernel,
                (ByteArray) weight.data(),
                input.quantized(),
                input.scales(),
                out,
                step,
                weight.rows(),
                weight.cols(),
                accumulate ? 1 : 0);
    }
}
