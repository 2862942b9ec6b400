package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.matmul.ActivationPanels;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.Linear;
import dev.sirocco.tasks.matmul.LinearInput;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Products with weight matrices: by a vector in decoding, by a chunk's matrix in prefill. */
final class ProductCases {
    /** Tokens of a prefill chunk. */
    static final int CHUNK = 128;

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
        return new KernelCase(
                name,
                batch,
                0,
                cols,
                bytes,
                operations,
                weightBytes,
                (seed, step) -> task(RandomArrays.matrix(format, rows, cols, seed), batch, seed, step));
    }

    private static long inputBytes(WeightFormat format, int cols, int batch) {
        if (format.quantizesActivations()) {
            long perBlock = format == WeightFormat.Q8_0 ? 1 : 2; // a scale, and a sum where the format has an offset
            return batch * (cols + perBlock * cols / ActivationQuantizer.BLOCK * Float.BYTES);
        }
        return (long) batch * cols * Float.BYTES;
    }

    /** The input is prepared by the kernels' own Java; what is measured is the product. */
    private static KernelTask task(WeightTensor weight, int batch, long seed, IntArray step) {
        int cols = weight.cols();
        int blocks = cols / ActivationQuantizer.BLOCK;
        int panels = ActivationPanels.count(batch);
        LinearInput input = LinearInput.allocate(batch, cols);
        FloatArray x = RandomArrays.floats(batch * cols, seed);
        input.values().getSegment().copyFrom(x.getSegment());
        IntArray all = new IntArray(StepState.SIZE);
        all.init(0);
        all.set(StepState.ROWS, batch);
        if (batch == 1) {
            ActivationQuantizer.quantizeRows(
                    x, input.quantized(), input.scales(), input.sums(), input.halfSums(), all, batch, blocks);
        } else {
            ActivationQuantizer.quantizePanels(x, input.quantized(), input.scales(), input.sums(), all, panels, blocks);
            ActivationQuantizer.roundPanels(x, input.rounded(), all, panels, blocks);
            ActivationPanels.packPanels(x, input.panels(), all, panels, cols);
        }
        List<Object> arrays = new ArrayList<>(List.of(weight.data()));
        arrays.add(input.values());
        arrays.addAll(input.forms());
        FloatArray out = new FloatArray(batch * weight.rows());
        Linear linear = new Linear(weight, input, out, step);
        return new KernelTask(
                arrays,
                List.of(new KernelOutput(out, weight.rows())),
                (graph, task) -> linear.add(graph.tasks(), task, batch, false));
    }
}
