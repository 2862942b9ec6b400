package dev.sirocco.tasks.matmul;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Activations that go into one or more products: as they are, and in the forms that kernels take. They are prepared
 * once for all products that share them. Several inputs may share the arrays of the prepared forms, of which each
 * then uses a prefix.
 *
 * @param values    (batch, cols)
 * @param quantized (1, cols), int8: of a single token, for integer formats
 * @param scales    (1, cols / 32), of quantized
 * @param panels    (panels, cols, 16), for float formats
 * @param rounded   (panels, cols, 16), rounded to int8, for integer formats
 * @param cols      length of a row
 */
public record LinearInput(
        FloatArray values, Int8Array quantized, FloatArray scales, FloatArray panels, FloatArray rounded, int cols) {
    /**
     * Adds the tasks that prepare these activations for products.
     *
     * @param graph   to which the tasks are added
     * @param prefix  of the tasks' names
     * @param step    see {@link dev.sirocco.tasks.StepState}
     * @param batch   the most rows that a step can have
     * @param weights the matrices that they will be multiplied with
     */
    public void addPreparation(TaskGraph graph, String prefix, IntArray step, int batch, WeightTensor... weights) {
        boolean integers =
                Arrays.stream(weights).anyMatch(weight -> weight.format().quantizesActivations());
        boolean floats =
                Arrays.stream(weights).anyMatch(weight -> !weight.format().quantizesActivations());
        int blocks = cols / ActivationQuantizer.BLOCK;
        int count = ActivationPanels.count(batch);
        if (batch == 1) {
            if (integers) {
                graph.task(
                        prefix + "_quantize",
                        ActivationQuantizer::quantizeToInt8,
                        values,
                        quantized,
                        scales,
                        step,
                        batch,
                        blocks);
            }
            return;
        }
        if (integers) {
            graph.task(prefix + "_round", ActivationPanels::packRoundedPanels, values, rounded, step, count, blocks);
        }
        if (floats) {
            graph.task(prefix + "_pack", ActivationPanels::packPanels, values, panels, step, count, cols);
        }
    }
}
