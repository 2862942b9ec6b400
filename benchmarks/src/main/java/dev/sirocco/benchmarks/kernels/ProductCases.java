package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
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
        long inputBytes = format.quantizesActivations()
                ? cols + (long) cols / ActivationQuantizer.BLOCK * Float.BYTES
                : (long) cols * Float.BYTES;
        long bytes = weightBytes + batch * (inputBytes + (long) rows * Float.BYTES);
        long operations = 2L * rows * cols * batch;
        return new KernelCase(
                name,
                batch,
                0,
                cols,
                bytes,
                operations,
                weightBytes,
                (seed, step) -> make(RandomArrays.matrix(format, rows, cols, seed), batch, seed, step));
    }

    private static KernelTask make(WeightTensor weight, int batch, long seed, IntArray step) {
        LinearInput input = input(weight.cols(), batch, seed);
        FloatArray out = new FloatArray(batch * weight.rows());
        Linear linear = new Linear(weight, input, out, step);
        List<Object> arrays = weight.format().quantizesActivations()
                ? List.of(weight.data(), input.quantized(), input.scales())
                : List.of(weight.data(), input.values());
        return new KernelTask(
                arrays,
                List.of(new KernelOutput(out, weight.rows())),
                (graph, task) -> linear.add(graph, task, batch, false));
    }

    private static LinearInput input(int cols, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Int8Array quantized = new Int8Array(batch * cols);
        for (int i = 0; i < quantized.getSize(); i++) {
            quantized.set(i, (byte) random.nextInt(-LARGEST_BYTE, LARGEST_BYTE + 1));
        }
        FloatArray scales = new FloatArray(batch * (cols / ActivationQuantizer.BLOCK));
        for (int i = 0; i < scales.getSize(); i++) {
            scales.set(i, (float) random.nextDouble(0.5, 1.5) / LARGEST_BYTE);
        }
        return new LinearInput(RandomArrays.floats(batch * cols, seed), quantized, scales, cols);
    }
}
