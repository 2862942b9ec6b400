package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Activations that go into one or more products: as they are, and rounded to int8. They are quantised once for all
 * products that share them.
 *
 * @param values    (batch, cols)
 * @param quantized (batch, cols), of which a prefix is used; undefined until the task that quantises has run
 * @param scales    (batch, cols / 32), of which a prefix is used
 * @param cols      length of a row
 */
public record LinearInput(FloatArray values, Int8Array quantized, FloatArray scales, int cols) {
    /**
     * Adds the task that quantises these activations, if any of the products needs it.
     *
     * @param graph   to which the task is added
     * @param task    the task's name
     * @param step    see {@link dev.sirocco.tasks.StepState}
     * @param batch   the most rows that a step can have
     * @param weights the matrices that they will be multiplied with
     */
    public void addQuantization(TaskGraph graph, String task, IntArray step, int batch, WeightTensor... weights) {
        for (WeightTensor weight : weights) {
            if (weight.format().quantizesActivations()) {
                int blocks = cols / ActivationQuantizer.BLOCK;
                graph.task(task, ActivationQuantizer::quantizeToInt8, values, quantized, scales, step, batch, blocks);
                return;
            }
        }
    }
}
