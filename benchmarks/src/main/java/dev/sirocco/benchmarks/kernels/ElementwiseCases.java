package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.embedding.Embedding;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.ActivationPanels;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.LinearInput;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.normalization.RmsNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What works on rows without a matrix: embedding, normalisation, quantisation, activation. */
final class ElementwiseCases {
    private static final float EPSILON = 1e-5f;

    /** Rows of the table from which the embedding is taken: enough to leave the caches, less than a vocabulary. */
    private static final int TABLE_ROWS = 8192;

    private final ModelShape shape;

    ElementwiseCases(ModelShape shape) {
        this.shape = shape;
    }

    List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int batch : new int[] {1, ProductCases.CHUNK}) {
            for (WeightFormat format : WeightFormat.values()) {
                cases.add(embedding(format, batch));
            }
            cases.add(norm(batch));
            cases.add(swiGlu(batch));
        }
        for (int cols : new int[] {shape.dim(), shape.ffn()}) {
            cases.add(quantization(cols, 1));
            cases.add(quantization(cols, ProductCases.CHUNK));
            cases.add(panels(cols));
        }
        return cases;
    }

    private KernelCase embedding(WeightFormat format, int batch) {
        int dim = shape.dim();
        long bytes = batch * (format.sizeBytes(1, dim) + (long) dim * Float.BYTES);
        return new KernelCase(
                "embedding/" + format + "/" + dim + "x" + batch, batch, 0, 1, bytes, 0, 0, (seed, step) -> {
                    WeightTensor table = RandomArrays.matrix(format, TABLE_ROWS, dim, seed);
                    IntArray tokens = new IntArray(batch);
                    SplittableRandom random = new SplittableRandom(seed);
                    for (int i = 0; i < batch; i++) {
                        tokens.set(i, random.nextInt(TABLE_ROWS));
                    }
                    FloatArray out = new FloatArray(batch * dim);
                    return new KernelTask(
                            List.of(table.data(), tokens),
                            List.of(new KernelOutput(out, dim)),
                            (graph, task) -> Embedding.add(graph.tasks(), task, table, tokens, out, step, batch));
                });
    }

    private KernelCase norm(int batch) {
        int dim = shape.dim();
        long bytes = (2L * batch + 1) * dim * Float.BYTES;
        long operations = 4L * batch * dim;
        return new KernelCase("rmsnorm/" + dim + "x" + batch, batch, 0, dim, bytes, operations, 0, (seed, step) -> {
            FloatArray x = RandomArrays.floats(batch * dim, seed);
            FloatArray weight = RandomArrays.floats(dim, -seed);
            FloatArray out = new FloatArray(batch * dim);
            return new KernelTask(
                    List.of(x, weight),
                    List.of(new KernelOutput(out, dim)),
                    (graph, task) ->
                            graph.tasks().task(task, RmsNorm::rmsNorm, x, weight, out, step, batch, dim, EPSILON));
        });
    }

    /** Rounding of a single token, or of a chunk into panels. */
    private static KernelCase quantization(int cols, int batch) {
        int blocks = cols / ActivationQuantizer.BLOCK;
        long bytes = batch * ((long) cols * (Float.BYTES + 1) + 2L * blocks * Float.BYTES);
        String name = "quantize/" + cols + "x" + batch;
        return new KernelCase(name, batch, 0, 1, bytes, 3L * batch * cols, 0, (seed, step) -> {
            LinearInput input = LinearInput.allocate(batch, cols);
            FloatArray x = RandomArrays.floats(batch * cols, seed);
            // Brought to the device too: panels beyond the step's last token are left as they are.
            return new KernelTask(
                    List.of(x, input.quantized(), input.scales(), input.sums(), input.halfSums()),
                    List.of(
                            new KernelOutput(input.quantized(), 0),
                            new KernelOutput(input.scales(), 0, false),
                            new KernelOutput(input.sums(), 0, true)),
                    (graph, task) -> {
                        if (batch == 1) {
                            graph.tasks()
                                    .task(
                                            task,
                                            ActivationQuantizer::quantizeRows,
                                            x,
                                            input.quantized(),
                                            input.scales(),
                                            input.sums(),
                                            input.halfSums(),
                                            step,
                                            batch,
                                            blocks);
                        } else {
                            graph.tasks()
                                    .task(
                                            task,
                                            ActivationQuantizer::quantizePanels,
                                            x,
                                            input.quantized(),
                                            input.scales(),
                                            input.sums(),
                                            step,
                                            ActivationPanels.count(batch),
                                            blocks);
                        }
                    });
        });
    }

    /** The layout that products of float formats with a chunk take. */
    private static KernelCase panels(int cols) {
        int batch = ProductCases.CHUNK;
        int count = ActivationPanels.count(batch);
        long bytes = 2L * batch * cols * Float.BYTES;
        return new KernelCase("panels/" + cols + "x" + batch, batch, 0, 1, bytes, 0, 0, (seed, step) -> {
            FloatArray x = RandomArrays.floats(batch * cols, seed);
            FloatArray out = new FloatArray(count * ActivationPanels.LANES * cols);
            // Brought to the device too: panels beyond the step's last token are left as they are.
            return new KernelTask(
                    List.of(x, out),
                    List.of(new KernelOutput(out, 0)),
                    (graph, task) -> graph.tasks().task(task, ActivationPanels::packPanels, x, out, step, count, cols));
        });
    }

    private KernelCase swiGlu(int batch) {
        int ffn = shape.ffn();
        long bytes = 3L * batch * ffn * Float.BYTES;
        long operations = 5L * batch * ffn;
        return new KernelCase("swiglu/" + ffn + "x" + batch, batch, 0, 1, bytes, operations, 0, (seed, step) -> {
            FloatArray gate = RandomArrays.floats(batch * ffn, seed);
            FloatArray up = RandomArrays.floats(batch * ffn, -seed);
            FloatArray out = new FloatArray(batch * ffn);
            return new KernelTask(
                    List.of(gate, up),
                    List.of(new KernelOutput(out, ffn)),
                    (graph, task) -> graph.tasks().task(task, SwiGlu::swiGlu, gate, up, out, step, batch, ffn));
        });
    }
}
