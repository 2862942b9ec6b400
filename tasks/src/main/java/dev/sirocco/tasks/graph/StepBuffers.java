package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.matmul.LinearInput;
import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Everything that a session's graphs write, allocated once for the largest chunk and shared by the graphs of all batch
 * sizes.
 *
 * @param step       state of the layers' step, see {@link StepState}
 * @param logitsStep state of the logits' step
 * @param tokens     (chunk), ids
 * @param rotation   (chunk, headDim), from {@link dev.sirocco.tasks.rope.RotaryTable}
 * @param hidden     (chunk, dim), the residual stream
 * @param normed     (chunk, dim), input of the products after a norm
 * @param query      (chunk, heads, headDim)
 * @param key        (chunk, kvHeads, headDim)
 * @param value      (chunk, kvHeads, headDim)
 * @param attended   (chunk, heads · headDim), input of the attention's output product
 * @param gate       (chunk, ffnDim)
 * @param up         (chunk, ffnDim)
 * @param gated      (chunk, ffnDim), input of the down product
 * @param caches     one for each layer
 */
record StepBuffers(
        IntArray step,
        IntArray logitsStep,
        IntArray tokens,
        FloatArray rotation,
        FloatArray hidden,
        LinearInput normed,
        FloatArray query,
        FloatArray key,
        FloatArray value,
        LinearInput attended,
        FloatArray gate,
        FloatArray up,
        LinearInput gated,
        List<KvCache> caches) {

    static StepBuffers allocate(TransformerShape shape) {
        int chunk = shape.chunk();
        int widest = Math.max(Math.max(shape.dim(), shape.ffnDim()), shape.queryDim());
        LinearInput forms = LinearInput.allocate(chunk, widest); // its values are never touched
        RollingBuffer buffer = shape.rollingBuffer();
        return new StepBuffers(
                new IntArray(StepState.SIZE),
                new IntArray(StepState.SIZE),
                new IntArray(chunk),
                new FloatArray(chunk * shape.headDim()),
                new FloatArray(chunk * shape.dim()),
                forms.sharingForms(chunk, shape.dim()),
                new FloatArray(chunk * shape.queryDim()),
                new FloatArray(chunk * shape.kvDim()),
                new FloatArray(chunk * shape.kvDim()),
                forms.sharingForms(chunk, shape.queryDim()),
                new FloatArray(chunk * shape.ffnDim()),
                new FloatArray(chunk * shape.ffnDim()),
                forms.sharingForms(chunk, shape.ffnDim()),
                Stream.generate(() -> KvCache.allocate(shape.kvHeads(), shape.headDim(), buffer))
                        .limit(shape.layers())
                        .toList());
    }
}
