/**
 * Matrix products with weights in the block formats of GGUF, used in place.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.matmul.Linear}, which adds the product with one weight matrix to a task
 * graph; {@link dev.sirocco.tasks.matmul.WeightTensor}, the matrix; {@link dev.sirocco.tasks.matmul.WeightFormat},
 * the formats. For each format one class has two kernels: matrix-vector for one token, which is bound by reading the
 * weights once, and matrix-matrix for a chunk, which is bound by arithmetic and decodes a block of weights once for a
 * tile of tokens ({@link dev.sirocco.tasks.matmul.ActivationPanels} lays the tokens out).
 *
 * <p>Invariants: {@code weights} is (rows, cols), a product is {@code out[t, r] = Σ weights[r, c] · x[t, c]}, and
 * {@code accumulate} ≠ 0 adds it to what is in {@code out}, which is how residual connections are fused. Formats with
 * integer weights take activations rounded to int8, 32 to a scale ({@link
 * dev.sirocco.tasks.matmul.ActivationQuantizer}), and both kernels take the same rounded numbers, so that a token's
 * result depends on the size of its chunk by fp32's rounding only. An array has at most 2^31 − 1 elements, bytes for
 * the block formats; {@code WeightTensor} checks it.
 */
package dev.sirocco.tasks.matmul;
