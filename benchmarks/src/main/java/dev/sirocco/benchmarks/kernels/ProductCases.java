package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.matmul.ActivationPanels;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.Linear;
import dev.sirocco.tasks.matmul.LinearInput;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with weight matrices: by a vector in decoding, by a chunk's matrix in prefill. */
final class ProductCases {
    /** Tokens of a prefill chunk. */
    static final int CHUNK = 128;

    private static final int LARGEST_BYTE = 127;

    /** Stands where a product of the other kind has its input. */
    private static final FloatArray UNUSED = new FloatArray(1);

    private final ModelShape shape;

    ProductCases(ModelShape shape) {
        this.shape = shape;
    }

    List<KernelCase> all() {
        int queryDim = shape.heads() * shape.headDim();
        int kvDim = shape.kvHeads() * shape.headDim();
        List<KernelCase> cases = new ArrayList<>();
        for (WeightFormat format : WeightFormat.values()) {
            for (int batch : new int[] {1, CHUNK}) {
                cases.add(product(format, queryDim, shape.dim(), batch));
                cases.add(product(format, kvDim, shape.dim(), batch));
                cases.add(product(format, shape.ffn(), shape.dim(), batch));
                cases.add(product(format, shape.dim(), shape.ffn(), batch));
            }
            cases.add(product(format, shape.vocab(), shape.dim(), 1));
        }
        return cases;
    }

    private static KernelCase product(WeightFormat format, int rows, int cols, int batch) {
        String name = batch == 1
                ? "matvec/" + format + "/" + rows + "x" + cols
                : "matmat/" + format + "/" + rows + "x" + cols + "x" + batch;
        long weightBytes = format.sizeBytes(rows, cols);
        long bytes = weightBytes + inputBytes(format, cols, batch) + (long) batch * rows * Float.BYTES;
        long operations = 2L * rows * cols * batch;
        return new KernelCase(name, batch, 0, cols, bytes, operations, weightBytes, (seed, step) -> {
            WeightTensor weight = RandomArrays.matrix(format, rows, cols, seed);
            return batch == 1 ? byVector(weight, seed, step) : byMatrix(weight, batch, seed, step);
        });
    }

    private static long inputBytes(WeightFormat format, int cols, int batch) {
        if (batch == 1 && format.quantizesActivations()) {
            return cols + (long) cols / ActivationQuantizer.BLOCK * Float.BYTES;
        }
        return (long) batch * cols * Float.BYTES;
    }

    private static KernelTask byVector(WeightTensor weight, long seed, IntArray step) {
        int cols = weight.cols();
        SplittableRandom random = new SplittableRandom(seed);
        Int8Array quantized = new Int8Array(cols);
        for (int i = 0; i < cols; i++) {
            quantized.set(i, (byte) random.nextInt(-LARGEST_BYTE, LARGEST_BYTE + 1));
        }
        FloatArray scales = new FloatArray(cols / ActivationQuantizer.BLOCK);
        for (int i = 0; i < scales.getSize(); i++) {
            scales.set(i, (float) random.nextDouble(0.5, 1.5) / LARGEST_BYTE);
        }
        FloatArray values = RandomArrays.floats(cols, seed);
        List<Object> arrays = weight.format().quantizesActivations()
                ? List.of(weight.data(), quantized, scales)
                : List.of(weight.data(), values);
        return task(weight, new LinearInput(values, quantized, scales, UNUSED, UNUSED, cols), arrays, 1, step);
    }

    private static KernelTask byMatrix(WeightTensor weight, int batch, long seed, IntArray step) {
        int cols = weight.cols();
        FloatArray panels = RandomArrays.floats(ActivationPanels.count(batch) * ActivationPanels.LANES * cols, seed);
        Int8Array noBytes = new Int8Array(1);
        LinearInput input = new LinearInput(UNUSED, noBytes, UNUSED, panels, panels, cols);
        return task(weight, input, List.of(weight.data(), panels), batch, step);
    }

    private static KernelTask task(
            WeightTensor weight, LinearInput input, List<Object> arrays, int batch, IntArray step) {
        FloatArray out = new FloatArray(batch * weight.rows());
        Linear linear = new Linear(weight, input, out, step);
        return new KernelTask(
                arrays,
                List.of(new KernelOutput(out, weight.rows())),
                (graph, task) -> linear.add(graph, task, batch, false));
    }
}
