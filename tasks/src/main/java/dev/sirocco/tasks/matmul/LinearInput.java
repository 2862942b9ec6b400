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
 * @param panels    (panels, cols, 16), see {@link ActivationPanels}: what float formats take of a chunk
 * @param quantized (panels, cols, 16), int8, see {@link ActivationQuantizer}: what integer formats take; one row of a
 *                  single token
 * @param scales    (panels, cols / 32, 16), of quantized
 * @param sums      (panels, cols / 32, 16), of quantized
 * @param cols      length of a row
 */
public record LinearInput(
        FloatArray values, FloatArray panels, Int8Array quantized, FloatArray scales, FloatArray sums, int cols) {

    /** {@return an input with arrays of its own} */
    public static LinearInput allocate(int batch, int cols) {
        int rows = batch == 1 ? 1 : ActivationPanels.count(batch) * ActivationPanels.LANES;
        int blocks = cols / ActivationQuantizer.BLOCK + 1;
        return new LinearInput(
                new FloatArray(batch * cols),
                new FloatArray(batch == 1 ? 1 : rows * cols),
                new Int8Array(rows * cols),
                new FloatArray(rows * blocks),
                new FloatArray(rows * blocks),
                cols);
    }

    /** {@return an input with values of its own and this one's arrays for prepared forms, of which it uses a prefix} */
    public LinearInput sharingForms(int batch, int narrowerCols) {
        if (narrowerCols > cols) {
            throw new IllegalArgumentException(
                    "rows of " + narrowerCols + " do not fit in forms for rows of " + cols + " elements");
        }
        return new LinearInput(new FloatArray(batch * narrowerCols), panels, quantized, scales, sums, narrowerCols);
    }
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
        if (integers && batch == 1) {
            graph.task(
                    prefix + "_quantize",
                    ActivationQuantizer::quantizeRows,
                    values,
                    quantized,
                    scales,
                    sums,
                    step,
                    batch,
                    blocks);
        } else if (integers) {
            graph.task(
                    prefix + "_quantize",
                    ActivationQuantizer::quantizePanels,
                    values,
                    quantized,
                    scales,
                    sums,
                    step,
                    count,
                    blocks);
        }
        if (floats && batch > 1) {
            graph.task(prefix + "_pack", ActivationPanels::packPanels, values, panels, step, count, cols);
        }
    }
}
