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
    /** {@return the arrays that kernels read} */
    List<Object> arrays() {
        return List.of(gate.data(), up.data(), down.data());
    }
}
