/**
 * Weights to blocks: the other direction of what the kernels read.
 *
 * <p>Entry types: {@link dev.sirocco.model.quantize.Quantizer}, one implementation a block format; {@link
 * dev.sirocco.model.quantize.Mixture}, which tensor of a model gets which format.
 *
 * <p>Invariants: a block is made from its own weights alone, so that rows can be quantized by several threads with the
 * same result. Scales are searched for the least squared error, levels chosen for the scales as they are stored, and
 * those then made larger by what the decoded weights are too small.
 * Weights that are not finite, or too large for a scale in binary16, are refused.
 *
 * <p>What stays out: files ({@link dev.sirocco.model.convert}). Source of the layouts: {@code ggml-common.h}.
 */
package dev.sirocco.model.quantize;
