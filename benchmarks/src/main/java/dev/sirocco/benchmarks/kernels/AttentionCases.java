package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.RandomArrays;
import dev.sirocco.tasks.attention.WindowAttention;
import dev.sirocco.tasks.rope.RotaryKernel;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryTable;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

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
        cases.add(attention(1, 127));
        cases.add(attention(1, 1023));
        cases.add(attention(1, CAPACITY - 1));
        cases.add(attention(ProductCases.CHUNK, 0));
        cases.add(attention(ProductCases.CHUNK, 896));
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
            FloatArray rotation = new FloatArray(batch * shape.headDim());
            new RotaryTable(shape.headDim(), shape.ropeTheta()).fill(rotation, position, batch);
            FloatArray keys = RandomArrays.floats(CAPACITY * kvDim, seed);
            FloatArray values = RandomArrays.floats(CAPACITY * kvDim, -seed);
            return new KernelTask(
                    List.of(q, k, v, rotation, keys, values),
                    List.of(new KernelOutput(q, queryDim), new KernelOutput(keys, 0), new KernelOutput(values, 0)),
                    (graph, task) -> graph.tasks()
                            .task(
                                    task,
                                    RotaryKernel::rotateAndStore,
                                    q,
                                    k,
                                    v,
                                    rotation,
                                    keys,
                                    values,
                                    step,
                                    batch,
                                    shape.heads(),
                                    shape.kvHeads(),
                                    shape.headDim(),
                                    CAPACITY,
                                    RotaryPairs.ADJACENT.distance(shape.headDim())));
        });
    }

    private KernelCase attention(int batch, int position) {
        int queryDim = shape.heads() * shape.headDim();
        int kvDim = shape.kvHeads() * shape.headDim();
        long seen = 0;
        for (int t = 0; t < batch; t++) {
            seen += position + t + 1;
        }
        // Keys and values are read at least once, however many tokens and heads share them.
        long bytes = (2L * (position + batch) * kvDim + 2L * batch * queryDim) * Float.BYTES;
        long operations = 4L * seen * queryDim;
        String name = "attention/" + batch + "@" + position;
        return new KernelCase(name, batch, position, position + batch, bytes, operations, 0, (seed, step) -> {
            FloatArray q = RandomArrays.floats(batch * queryDim, seed);
            FloatArray keys = RandomArrays.floats(CAPACITY * kvDim, -seed);
            FloatArray values = RandomArrays.floats(CAPACITY * kvDim, ~seed);
            FloatArray out = new FloatArray(batch * queryDim);
            return new KernelTask(
                    List.of(q, keys, values),
                    List.of(new KernelOutput(out, queryDim)),
                    (graph, task) -> addAttention(graph.tasks(), task, q, keys, values, out, step, batch));
        });
    }

    private void addAttention(
            TaskGraph graph,
            String task,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            IntArray step,
            int batch) {
        graph.task(
                task,
                WindowAttention::attendWindow,
                q,
                keys,
                values,
                out,
                step,
                batch,
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                CAPACITY,
                CAPACITY);
    }
}
