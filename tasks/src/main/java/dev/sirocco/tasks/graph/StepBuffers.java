package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.rope.RotaryTable;
import java.util.List;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a session's graphs write whatever the shape of their kernels, allocated once for the largest chunk and shared by
 * the graphs of all batch sizes. What only one shape needs belongs to its {@link StepTasks}.
 *
 * @param step       state of the layers' step, see {@link StepState}
 * @param logitsStep state of the logits' step
 * @param tokens     (chunk), ids
 * @param rotation   (chunk, headDim + 1), from {@link RotaryTable}
 * @param hidden     (chunk, dim), the residual stream
 * @param query      (chunk, heads, headDim)
 * @param key        (chunk, kvHeads, headDim)
 * @param value      (chunk, kvHeads, headDim)
 * @param caches     one for each layer
 */
record StepBuffers(
        IntArray step,
        IntArray logitsStep,
        IntArray tokens,
        FloatArray rotation,
        FloatArray hidden,
        FloatArray query,
        FloatArray key,
        FloatArray value,
        List<KvCache> caches) {

    static StepBuffers allocate(TransformerShape shape) {
        int chunk = shape.chunk();
        return new StepBuffers(
                new IntArray(StepState.SIZE),
                new IntArray(StepState.SIZE),
                new IntArray(chunk),
                new FloatArray(chunk * RotaryTable.length(shape.headDim())),
                new FloatArray(chunk * shape.dim()),
                new FloatArray(chunk * shape.queryDim()),
                new FloatArray(chunk * shape.kvDim()),
                new FloatArray(chunk * shape.kvDim()),
                IntStream.range(0, shape.layers())
                        .mapToObj(layer -> KvCache.allocate(
                                shape.cache(), shape.kvHeads(), shape.headDim(), shape.rollingBuffer(layer)))
                        .toList());
    }
}
