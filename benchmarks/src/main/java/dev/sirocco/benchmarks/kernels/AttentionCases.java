package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.attention.WindowAttention;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryKernel;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryTable;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Rotation and attention over a cache that is full up to the step. */
final class AttentionCases {
    /** Slots of the cache, and the window. */
    private static final int CAPACITY = 4096;

    private final ModelShape shape;

    AttentionCases(ModelShape shape) {
        this.shape = shape;
    }

    List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        cases.add(rotation(1));
        cases.add(rotation(ProductCases.CHUNK));
        for (CacheFormat format : CacheFormat.values()) {
            cases.add(attention(format, 1, 127));
            cases.add(attention(format, 1, 1023));
            cases.add(attention(format, 1, CAPACITY - 1));
            cases.add(attention(format, ProductCases.CHUNK, 0));
            cases.add(attention(format, ProductCases.CHUNK, 896));
        }
        return cases;
    }

    private KernelCase rotation(int batch) {
        int queryDim = shape.heads() * shape.headDim();
        int kvDim = shape.kvHeads() * shape.headDim();
        long bytes = (2L * queryDim + 4L * kvDim + shape.headDim()) * batch * Float.BYTES;
        long operations = 3L * (queryDim + kvDim) * batch;
        int position = 1000;
        return new KernelCase("rotate/" + batch, batch, position, 2, bytes, operations, 0, (seed, step) -> {
            FloatArray q = RandomArrays.floats(batch * queryDim, seed);
            FloatArray k = RandomArrays.floats(batch * kvDim, -seed);
            FloatArray v = RandomArrays.floats(batch * kvDim, ~seed);
            FloatArray rotation = new FloatArray(batch * RotaryTable.length(shape.headDim()));
            Rotary rotary = Rotary.of(shape.ropeTheta(), RotaryPairs.ADJACENT);
            new RotaryTable(shape.headDim(), rotary).fill(rotation, position, batch);
            KvCache cache = cache(CacheFormat.F32, seed);
            List<Object> arrays = new ArrayList<>(List.of(q, k, v, rotation));
            arrays.addAll(cache.arrays());
            return new KernelTask(
                    arrays,
                    List.of(
                            new KernelOutput(q, queryDim),
                            new KernelOutput(cache.keys(), 0),
                            new KernelOutput(cache.values(), 0)),
                    (graph, task) -> graph.tasks()
                            .task(
                                    task,
                                    RotaryKernel::rotateAndStore,
                                    q,
                                    k,
                                    v,
                                    rotation,
                                    cache.keys(),
                                    cache.values(),
                                    cache.packedKeys(),
                                    cache.packedValues(),
                                    step,
                                    cache.format().code(),
                                    batch,
                                    shape.heads(),
                                    shape.kvHeads(),
                                    shape.headDim(),
                                    CAPACITY,
                                    rotary.pairs().distance(shape.headDim())));
        });
    }

    /** A cache that is full of random numbers. */
    private KvCache cache(CacheFormat format, long seed) {
        KvCache cache =
                KvCache.allocate(format, shape.kvHeads(), shape.headDim(), RollingBuffer.of(CAPACITY, 1, CAPACITY));
        switch (format) {
            case F32 -> {
                RandomArrays.fill(cache.keys(), WeightFormat.F32, 1, -seed);
                RandomArrays.fill(cache.values(), WeightFormat.F32, 1, ~seed);
            }
            case F16 -> {
                RandomArrays.fill(cache.packedKeys(), WeightFormat.F16, 1, -seed);
                RandomArrays.fill(cache.packedValues(), WeightFormat.F16, 1, ~seed);
            }
            case Q8_0 -> {
                RandomArrays.fill(cache.packedKeys(), WeightFormat.Q8_0, 1, -seed);
                RandomArrays.fill(cache.packedValues(), WeightFormat.Q8_0, 1, ~seed);
            }
        }
        return cache;
    }

    private KernelCase attention(CacheFormat format, int batch, int position) {
        int queryDim = shape.heads() * shape.headDim();
        long seen = 0;
        for (int t = 0; t < batch; t++) {
            seen += position + t + 1;
        }
        // Keys and values are read at least once, however many tokens and heads share them.
        long cacheBytes = 2 * format.sizeBytes((long) (position + batch) * shape.kvHeads(), shape.headDim());
        long bytes = cacheBytes + 2L * batch * queryDim * Float.BYTES;
        long operations = 4L * seen * queryDim;
        int sharing = WindowAttention.sharing(shape.heads(), shape.kvHeads());
        String name = "attention/" + format + "/" + batch + "@" + position;
        return new KernelCase(name, batch, position, position + batch, bytes, operations, 0, (seed, step) -> {
            FloatArray q = RandomArrays.floats(batch * queryDim, seed);
            KvCache cache = cache(format, seed);
            FloatArray out = new FloatArray(batch * queryDim);
            List<Object> arrays = new ArrayList<>(List.of(q));
            arrays.addAll(cache.arrays());
            return new KernelTask(
                    arrays,
                    List.of(new KernelOutput(out, queryDim)),
                    (graph, task) -> graph.tasks()
                            .task(
                                    task,
                                    WindowAttention::attendWindow,
                                    q,
                                    cache.keys(),
                                    cache.values(),
                                    cache.packedKeys(),
                                    cache.packedValues(),
                                    out,
                                    step,
                                    format.code(),
                                    batch,
                                    shape.heads() / sharing,
                                    sharing,
                                    shape.kvHeads(),
                                    shape.headDim(),
                                    CAPACITY,
                                    CAPACITY));
        });
    }
}
