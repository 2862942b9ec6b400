/**
 * Matrix products with weights in the block formats of GGUF, used in place.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.matmul.Linear}, which adds the product with one weight matrix to a task
 * graph; {@link dev.sirocco.tasks.matmul.WeightTensor}, the matrix; {@link dev.sirocco.tasks.matmul.WeightFormat},
 * the formats. For each format one class has its dot product and two kernels: matrix-vector for one token, which is
 * bound by reading the weights once, and matrix-matrix for a chunk, which is bound by arithmetic and uses a row of
 * weights for a tile of tokens.
 *
 * <p>Invariants: {@code weights} is (rows, cols), a product is {@code out[t, r] = Σ weights[r, c] · x[t, c]}, and
 * {@code accumulate} ≠ 0 adds it to what is in {@code out}, which is how residual connections are fused. Formats with
 * integer weights take activations quantised to int8, 32 to a scale ({@link
 * dev.sirocco.tasks.matmul.ActivationQuantizer}): a block's dot product is then an exact int32 sum, and rounding
 * happens once a block. An array has at most 2^31 − 1 elements, bytes for the block formats; {@code WeightTensor}
 * checks it.
 */
package dev.sirocco.tasks.matmul;
