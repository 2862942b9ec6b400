/**
 * Matrix products with weights in the formats of GGUF, used in place, in row shape.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.matmul.Linear}, which adds the product with one weight matrix to a task
 * graph; {@link dev.sirocco.tasks.matmul.WeightTensor}, the matrix; {@link dev.sirocco.tasks.matmul.WeightFormat},
 * the formats. There are two kernels each: matrix-vector for one token, which is bound by reading the weights once, and
 * matrix-matrix for a chunk, which is bound by arithmetic and decodes a block of weights once for a tile of tokens
 * ({@link dev.sirocco.tasks.matmul.ActivationPanels} lays the tokens out). {@link
 * dev.sirocco.tasks.matmul.BlockProduct} serves all block formats, whose layouts and dot products are in {@link
 * dev.sirocco.tasks.blocks}; plain formats have a class each, because their arrays' types differ, and Q8_0 and Q4_0
 * have kernels that take two blocks at a time and tiles in integers.
 *
 * <p>Invariants: {@code weights} is (rows, cols), a product is {@code out[t, r] = Σ weights[r, c] · x[t, c]}, and
 * {@code accumulate} ≠ 0 adds it to what is in {@code out}, which is how residual connections are fused. Formats with
 * integer weights take activations rounded to int8, 32 to a scale ({@link
 * dev.sirocco.tasks.matmul.ActivationQuantizer}), and both kernels take the same rounded numbers, so that a token's
 * result depends on the size of its chunk by fp32's rounding only. An array has at most 2^31 − 1 elements, bytes for
 * the block formats; {@code WeightTensor} checks it.
 *
 * <p>What stays out: kernels made of work-groups, which read the same matrices ({@link
 * dev.sirocco.tasks.workgroup}).
 */
package dev.sirocco.tasks.matmul;
