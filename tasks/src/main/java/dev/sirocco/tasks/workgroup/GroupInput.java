package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Activations that go into products of work-groups: in fp32 for float formats, rounded to int8 for integer formats.
 * Whoever computes them writes the forms that the products will read.
 *
 * @param values    (batch, cols)
 * @param quantized (batch, cols), int8, see {@link ActivationQuantizer}
 * @param scales    (batch, cols / 32), of quantized
 * @param halfSums  (batch, cols / 16), of quantized
 * @param cols      length of a row
 * @param layout    of quantized: {@link BlockStrips#PLAIN}, or a number of {@link
 *                  dev.sirocco.tasks.blocks.BlockFormat}, for products of one token with that format
 */
public record GroupInput(
        FloatArray values, Int8Array quantized, FloatArray scales, FloatArray halfSums, int cols, int layout) {

    /** {@return a plain input with arrays of its own, which have room for any layout} */
    public static GroupInput allocate(int batch, int cols) {
        int blocks = cols / ActivationQuantizer.BLOCK + 1;
        return new GroupInput(
                new FloatArray(batch * cols),
                new Int8Array(Math.max(batch * cols, BlockStrips.mostBytes(cols))),
                new FloatArray(batch * blocks),
                new FloatArray(2 * batch * blocks),
                cols,
                BlockStrips.PLAIN);
    }

    /**
     * {@return the same arrays with the layout with which one token's products with some matrices read strips; plain
     *     if there is none that suits all that take int8}
     */
    public GroupInput inStripsFor(WeightTensor... weights) {
        int[] formats = Arrays.stream(weights)
                .filter(weight -> weight.format().quantizesActivations())
                .mapToInt(weight -> weight.format().code())
                .distinct()
                .toArray();
        return formats.length == 1 && BlockStrips.fit(formats[0], cols)
                ? new GroupInput(values, quantized, scales, halfSums, cols, formats[0])
                : this;
    }

    /**
     * {@return how a kernel is to read such weights: their format's number, and {@link BlockStrips#READ} added where
     *     that is strips}
     */
    int reading(WeightFormat format) {
        if (layout != BlockStrips.PLAIN && layout != format.code()) {
            throw new IllegalArgumentException(
                    "activations that are laid out for format " + layout + " do not suit " + format);
        }
        return layout == BlockStrips.PLAIN ? format.code() : format.code() + BlockStrips.READ;
    }

    /** {@return the arrays} */
    public List<Object> arrays() {
        return List.of(values, quantized, scales, halfSums);
    }

    /** {@return 1 if one of these matrices takes fp32, else 0: a kernel's scalar} */
    public static int floats(WeightTensor... weights) {
        return Arrays.stream(weights).allMatch(weight -> weight.format().quantizesActivations()) ? 0 : 1;
    }

    /** {@return 1 if one of these matrices takes int8, else 0: a kernel's scalar} */
    public static int integers(WeightTensor... weights) {
        return Arrays.stream(weights).anyMatch(weight -> weight.format().quantizesActivations()) ? 1 : 0;
    }

    /**
     * Adds the task that rounds {@code values}, where that was not done by whoever computed them.
     *
     * @param lanes work-items of a group
     */
    public void quantize(StepGraph step, String task, int lanes) {
        step.tasks()
                .task(
                        task,
                        GroupQuantizer::quantizeGroups,
                        new KernelContext(),
                        values,
                        quantized,
                        scales,
                        halfSums,
                        step.state(),
                        cols,
                        lanes,
                        layout);
        step.grid(task, (cols - 1) / GroupQuantizer.STAGE + 1, step.batch(), lanes);
    }
}
