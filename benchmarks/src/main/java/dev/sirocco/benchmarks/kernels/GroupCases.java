package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.graph.KernelSettings;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.workgroup.GroupAttention;
import dev.sirocco.tasks.workgroup.GroupInput;
import dev.sirocco.tasks.workgroup.TensorProducts;
import dev.sirocco.tasks.workgroup.TileProducts;
import dev.sirocco.tasks.workgroup.VectorProducts;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels made of work-groups, of the sizes that suit most GPUs: what a token spends its time in. */
final class GroupCases {
    private static final KernelSettings SETTINGS = KernelSettings.WORKGROUP;

    /** Slots of the cache, and the window. */
    private static final int CAPACITY = 4096;

    private final ModelShape shape;
    private final VectorProducts vectors = new VectorProducts(SETTINGS.vectorLanes(), SETTINGS.vectorRows());
    private final TileProducts tiles = new TileProducts(SETTINGS.tile());

    GroupCases(ModelShape shape) {
        this.shape = shape;
    }

    List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (WeightFormat format : WeightFormat.values()) {
            boolean fits = BlockStrips.fit(format.code(), shape.dim()) && BlockStrips.fit(format.code(), shape.ffn());
            for (boolean strips : fits ? new boolean[] {false, true} : new boolean[] {false}) {
                cases.add(vector(format, shape.heads() * shape.headDim(), shape.dim(), strips));
                cases.add(vector(format, shape.dim(), shape.ffn(), strips));
                cases.add(vector(format, shape.vocab(), shape.dim(), strips));
                if (format != WeightFormat.BF16) {
                    cases.add(gated(format, strips));
                }
            }
            cases.add(matrix(format, shape.ffn(), shape.dim(), ProductCases.CHUNK));
            if (format != WeightFormat.F32) {
                cases.add(tensor(format, shape.ffn(), shape.dim(), ProductCases.CHUNK));
            }
        }
        cases.add(attention(1, 127));
        cases.add(attention(1, CAPACITY - 1));
        cases.add(attention(ProductCases.CHUNK, 896));
        return cases;
    }

    private KernelCase vector(WeightFormat format, int rows, int cols, boolean strips) {
        String name = name("matvec", strips, format) + rows + "x" + cols;
        return product(
                name,
                format,
                rows,
                cols,
                1,
                (seed, weight) -> strips ? inStrips(input(1, cols, seed), weight) : input(1, cols, seed),
                (graph, task, weight, x, out) -> vectors.add(graph, task, weight, x, out, false));
    }

    private KernelCase matrix(WeightFormat format, int rows, int cols, int batch) {
        String name = name("matmat", false, format) + rows + "x" + cols + "x" + batch;
        return product(
                name,
                format,
                rows,
                cols,
                batch,
                (seed, weight) -> input(batch, cols, seed),
                (graph, task, weight, x, out) -> tiles.add(graph, task, weight, x, out, false));
    }

    private static String name(String product, boolean strips, WeightFormat format) {
        return KernelCase.GROUP + product + (strips ? "-strips/" : "/") + format + "/";
    }

    private interface Inputs {
        GroupInput make(long seed, WeightTensor weight);
    }

    private interface Product {
        void add(StepGraph graph, String task, WeightTensor weight, GroupInput x, FloatArray out);
    }

    private static KernelCase product(
            String name, WeightFormat format, int rows, int cols, int batch, Inputs inputs, Product product) {
        long weightBytes = format.sizeBytes(rows, cols);
        long bytes = weightBytes + inputBytes(format, cols, batch) + (long) batch * rows * Float.BYTES;
        long operations = 2L * rows * cols * batch;
        return new KernelCase(name, batch, 0, cols, bytes, operations, weightBytes, (seed, step) -> {
            WeightTensor weight = RandomArrays.matrix(format, rows, cols, seed);
            GroupInput x = inputs.make(seed, weight);
            FloatArray out = new FloatArray(batch * rows);
            List<Object> arrays = new ArrayList<>(x.arrays());
            arrays.add(weight.data());
            return new KernelTask(
                    arrays,
                    List.of(new KernelOutput(out, rows)),
                    (graph, task) -> product.add(graph, task, weight, x, out));
        });
    }

    /** A chunk's product on tensor cores, with the rounding of its input before it. */
    private static KernelCase tensor(WeightFormat format, int rows, int cols, int batch) {
        long weightBytes = format.sizeBytes(rows, cols);
        long bytes = weightBytes + (long) batch * (cols + rows) * Float.BYTES;
        String name = KernelCase.TENSOR + format + "/" + rows + "x" + cols + "x" + batch;
        return new KernelCase(name, batch, 0, cols, bytes, 2L * rows * cols * batch, weightBytes, (seed, step) -> {
            WeightTensor weight = RandomArrays.matrix(format, rows, cols, seed);
            GroupInput x = input(batch, cols, seed);
            FloatArray out = new FloatArray(batch * rows);
            TensorProducts products = TensorProducts.allocate(batch, cols, TensorProducts.sums(batch, rows));
            List<Object> inputs = new ArrayList<>(x.arrays());
            inputs.addAll(products.arrays());
            inputs.add(weight.data());
            return new KernelTask(inputs, List.of(new KernelOutput(out, rows)), (graph, task) -> {
                products.pack(graph, task + "_pack", x);
                products.add(graph, task, weight, out, false);
            });
        });
    }

    private KernelCase gated(WeightFormat format, boolean strips) {
        int rows = shape.ffn();
        int cols = shape.dim();
        String name = name("gated", strips, format) + rows + "x" + cols;
        long weightBytes = 2 * format.sizeBytes(rows, cols);
        long bytes = weightBytes + inputBytes(format, cols, 1) + (long) rows * Float.BYTES;
        return new KernelCase(name, 1, 0, cols, bytes, 4L * rows * cols, weightBytes, (seed, step) -> {
            WeightTensor gate = RandomArrays.matrix(format, rows, cols, seed);
            WeightTensor up = RandomArrays.matrix(format, rows, cols, -seed);
            GroupInput x = strips ? inStrips(input(1, cols, seed), gate, up) : input(1, cols, seed);
            FloatArray out = new FloatArray(rows);
            List<Object> inputs = new ArrayList<>(x.arrays());
            inputs.addAll(List.of(gate.data(), up.data()));
            return new KernelTask(
                    inputs,
                    List.of(new KernelOutput(out, rows)),
                    (graph, task) -> vectors.addGated(graph, task, gate, up, x, out));
        });
    }

    /** A token's attention is two tasks, so that the graph's tasks are twice its uses. */
    private KernelCase attention(int batch, int position) {
        int queryDim = shape.heads() * shape.headDim();
        int kvDim = shape.kvHeads() * shape.headDim();
        long seen = 0;
        for (int t = 0; t < batch; t++) {
            seen += position + t + 1;
        }
        long bytes = (2L * (position + batch) * kvDim + 2L * batch * queryDim) * Float.BYTES;
        String name = KernelCase.GROUP + "attention/" + batch + "@" + position;
        RollingBuffer rolling = new RollingBuffer(CAPACITY, 1, CAPACITY, CAPACITY);
        return new KernelCase(name, batch, position, position + batch, bytes, 4L * seen * queryDim, 0, (seed, step) -> {
            FloatArray q = RandomArrays.floats(batch * queryDim, seed);
            KvCache cache = KvCache.allocate(CacheFormat.F32, shape.kvHeads(), shape.headDim(), rolling);
            RandomArrays.fill(cache.keys(), WeightFormat.F32, 1, -seed);
            RandomArrays.fill(cache.values(), WeightFormat.F32, 1, ~seed);
            GroupAttention attention = new GroupAttention(
                    shape.heads(),
                    shape.kvHeads(),
                    shape.headDim(),
                    rolling,
                    SETTINGS.groupSize(),
                    SETTINGS.attentionSplits(),
                    SETTINGS.attentionPositions());
            GroupInput out = GroupInput.allocate(batch, queryDim);
            List<Object> inputs = new ArrayList<>(attention.scratch());
            inputs.addAll(cache.arrays());
            inputs.addAll(List.of(q, out.quantized(), out.scales(), out.halfSums()));
            return new KernelTask(
                    inputs,
                    List.of(new KernelOutput(out.values(), queryDim)),
                    (graph, task) -> attention.add(graph, task, q, cache, out));
        });
    }

    private static long inputBytes(WeightFormat format, int cols, int batch) {
        return format.quantizesActivations()
                ? batch * (cols + 2L * cols / ActivationQuantizer.BLOCK * Float.BYTES)
                : (long) batch * cols * Float.BYTES;
    }

    /** The input in both forms, prepared by the kernels' own Java; what is measured is the product. */
    private static GroupInput input(int batch, int cols, long seed) {
        GroupInput x = GroupInput.allocate(batch, cols);
        x.values().getSegment().copyFrom(RandomArrays.floats(batch * cols, seed).getSegment());
        IntArray all = new IntArray(StepState.SIZE);
        all.init(0);
        all.set(StepState.ROWS, batch);
        ActivationQuantizer.quantizeRows(
                x.values(),
                x.quantized(),
                x.scales(),
                new FloatArray(batch * cols / ActivationQuantizer.BLOCK),
                x.halfSums(),
                all,
                batch,
                cols / ActivationQuantizer.BLOCK);
        return x;
    }

    private static GroupInput inStrips(GroupInput plain, WeightTensor... weights) {
        GroupInput x = GroupInput.allocate(1, plain.cols()).inStripsFor(weights);
        x.values().getSegment().copyFrom(plain.values().getSegment());
        x.scales().getSegment().copyFrom(plain.scales().getSegment());
        x.halfSums().getSegment().copyFrom(plain.halfSums().getSegment());
        BlockStrips.layOut(x.layout(), plain.cols(), plain.quantized(), x.quantized());
        return x;
    }
}
