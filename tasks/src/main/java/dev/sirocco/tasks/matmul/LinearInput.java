package dev.sirocco.tasks.matmul;

import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Activations that go into one or more products: as they are, and in the forms that kernels take. They are prepared
 * once for all products that share them. Several inputs may share the arrays of the prepared forms, of which each
 * then uses a prefix.
 *
 * @param values    (batch, cols)
 * @param panels    (panels, cols, 16), see {@link ActivationPanels}: what plain formats take of a chunk
 * @param rounded   (panels, cols, 16), see {@link ActivationQuantizer#roundPanels}: what block formats take of a chunk
 *                  that are decoded to fp32
 * @param quantized (panels, cols, 16), int8, see {@link ActivationQuantizer}: what block formats take otherwise; one
 *                  row of a single token
 * @param scales    (panels, cols / 32, 16), of quantized
 * @param sums      (panels, cols / 32, 16), of quantized
 * @param halfSums  (1, cols / 16), of quantized, of a single token
 * @param cols      length of a row
 */
public record LinearInput(
        FloatArray values,
        FloatArray panels,
        FloatArray rounded,
        Int8Array quantized,
        FloatArray scales,
        FloatArray sums,
        FloatArray halfSums,
        int cols) {

    /** {@return an input with arrays of its own} */
    public static LinearInput allocate(int batch, int cols) {
        int rows = batch == 1 ? 1 : ActivationPanels.count(batch) * ActivationPanels.LANES;
        int blocks = cols / ActivationQuantizer.BLOCK + 1;
        return new LinearInput(
                new FloatArray(batch * cols),
                new FloatArray(batch == 1 ? 1 : rows * cols),
                new FloatArray(batch == 1 ? 1 : rows * cols),
                new Int8Array(rows * cols),
                new FloatArray(rows * blocks),
                new FloatArray(rows * blocks),
                new FloatArray(2 * blocks),
                cols);
    }

    /** {@return an input with values of its own and this one's arrays for prepared forms, of which it uses a prefix} */
    public LinearInput sharingForms(int batch, int narrowerCols) {
        if (narrowerCols > cols) {
            throw new IllegalArgumentException(
                    "rows of " + narrowerCols + " do not fit in forms for rows of " + cols + " elements");
        }
        return new LinearInput(
                new FloatArray(batch * narrowerCols), panels, rounded, quantized, scales, sums, halfSums, narrowerCols);
    }

    /** {@return the arrays of the prepared forms} */
    public List<TornadoNativeArray> forms() {
        return List.of(panels, rounded, quantized, scales, sums, halfSums);
    }

    /**
     * {@return the arrays that are written before products with these matrices}
     *
     * @param batch   the most rows that a step can have
     * @param weights matrices
     */
    public List<TornadoNativeArray> forms(int batch, List<WeightTensor> weights) {
        return weights.stream()
                .map(weight -> Form.of(weight.format(), batch))
                .distinct()
                .flatMap(form -> written(form).stream())
                .distinct()
                .toList();
    }

    private List<TornadoNativeArray> written(Form form) {
        return switch (form) {
            case PLAIN -> List.of();
            case PLAIN_PANELS -> List.of(panels);
            case ROUNDED_PANELS -> List.of(rounded);
            case INTEGERS -> List.of(quantized, scales, sums, halfSums);
            case INTEGER_PANELS -> List.of(quantized, scales, sums);
        };
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
        int blocks = cols / ActivationQuantizer.BLOCK;
        int count = ActivationPanels.count(batch);
        for (Form form : Form.values()) {
            if (Arrays.stream(weights).noneMatch(weight -> form == Form.of(weight.format(), batch))) {
                continue;
            }
            switch (form) {
                case PLAIN -> {}
                case PLAIN_PANELS ->
                    graph.task(prefix + "_pack", ActivationPanels::packPanels, values, panels, step, count, cols);
                case ROUNDED_PANELS ->
                    graph.task(
                            prefix + "_round", ActivationQuantizer::roundPanels, values, rounded, step, count, blocks);
                case INTEGERS ->
                    graph.task(
                            prefix + "_quantize",
                            ActivationQuantizer::quantizeRows,
                            values,
                            quantized,
                            scales,
                            sums,
                            halfSums,
                            step,
                            batch,
                            blocks);
                case INTEGER_PANELS ->
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
        }
    }

    /** What a kernel takes for activations. */
    private enum Form {
        PLAIN,
        PLAIN_PANELS,
        ROUNDED_PANELS,
        INTEGERS,
        INTEGER_PANELS;

        static Form of(WeightFormat format, int batch) {
            return switch (format) {
                case F32, F16, BF16 -> batch == 1 ? PLAIN : PLAIN_PANELS;
                case Q8_0, Q4_0 -> batch == 1 ? INTEGERS : INTEGER_PANELS;
                case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                    batch == 1 ? INTEGERS : ROUNDED_PANELS;
            };
        }
    }
}
