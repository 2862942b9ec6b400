package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param networks      one, or as many as the block has experts
 * @param router        (experts, dim), which chooses among them; empty where there is one
 */
public record LayerWeights(
        FloatArray attentionNorm,
        WeightTensor query,
        WeightTensor key,
        WeightTensor value,
        WeightTensor output,
        FloatArray ffnNorm,
        List<GatedWeights> networks,
        Optional<WeightTensor> router) {

    public LayerWeights {
        networks = List.copyOf(networks);
        if (networks.isEmpty() || router.isEmpty() && networks.size() != 1) {
            throw new IllegalArgumentException(
                    networks.size() + " feed-forward networks in a block, and nothing that chooses among them");
        }
    }

    /** A block without experts. */
    public LayerWeights(
            FloatArray attentionNorm,
            WeightTensor query,
            WeightTensor key,
            WeightTensor value,
            WeightTensor output,
            FloatArray ffnNorm,
            WeightTensor gate,
            WeightTensor up,
            WeightTensor down) {
        this(
                attentionNorm,
                query,
                key,
                value,
                output,
                ffnNorm,
                List.of(new GatedWeights(gate, up, down)),
                Optional.empty());
    }

    /** {@return W₁ of a block without experts} */
    WeightTensor gate() {
        return networks.getFirst().gate();
    }

    /** {@return W₃ of a block without experts} */
    WeightTensor up() {
        return networks.getFirst().up();
    }

    /** {@return W₂ of a block without experts} */
    WeightTensor down() {
        return networks.getFirst().down();
    }

    /** {@return the arrays that kernels read, but for those of the networks} */
    List<Object> arrays() {
        List<Object> arrays =
                new ArrayList<>(List.of(attentionNorm, ffnNorm, query.data(), key.data(), value.data(), output.data()));
        router.ifPresent(matrix -> arrays.add(matrix.data()));
        return arrays;
    }

    /** {@return all matrices} */
    List<WeightTensor> tensors() {
        List<WeightTensor> tensors = new ArrayList<>(List.of(query, key, value, output));
        router.ifPresent(tensors::add);
        networks.forEach(network -> tensors.addAll(List.of(network.gate(), network.up(), network.down())));
        return tensors;
    }
}
