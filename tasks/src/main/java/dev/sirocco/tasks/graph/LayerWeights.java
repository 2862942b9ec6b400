package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.matmul.WeightTensor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weights of one transformer block; each matrix may have its own format.
 *
 * @param attentionNorm (dim)
 * @param query         (heads · headDim, dim)
 * @param key           (kvHeads · headDim, dim)
 * @param value         (kvHeads · headDim, dim)
 * @param output        (dim, heads · headDim)
 * @param ffnNorm       (dim)
 * @param gate          (ffnDim, dim)
 * @param up            (ffnDim, dim)
 * @param down          (dim, ffnDim)
 */
public record LayerWeights(
        FloatArray attentionNorm,
        WeightTensor query,
        WeightTensor key,
        WeightTensor value,
        WeightTensor output,
        FloatArray ffnNorm,
        WeightTensor gate,
        WeightTensor up,
        WeightTensor down) {

    Object[] arrays() {
        return new Object[] {
            attentionNorm,
            query.data(),
            key.data(),
            value.data(),
            output.data(),
            ffnNorm,
            gate.data(),
            up.data(),
            down.data()
        };
    }
}
