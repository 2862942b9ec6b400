package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.List;

/**
 * The matrices of a gated feed-forward network, {@code W₂(silu(W₁ x) · W₃ x)}: that of a block, or one expert's.
 *
 * @param gate W₁, (ffnDim, dim)
 * @param up   W₃, (ffnDim, dim)
 * @param down W₂, (dim, ffnDim)
 */
public record GatedWeights(WeightTensor gate, WeightTensor up, WeightTensor down) {
    List<WeightTensor> tensors() {
        return List.of(gate, up, down);
    }
}
