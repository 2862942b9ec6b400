/**
 * The block formats of GGUF: for each its layout, its decoding and its product with activations.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.blocks.BlockFormat}, with which a kernel does its work for whatever format
 * it was made for. Each format, or two that differ in a detail, is a class of static helpers that kernels inline; its
 * documentation is the layout. All numbers are little-endian. Source: {@code ggml-common.h} and {@code ggml-quants.c}
 * of llama.cpp.
 *
 * <p>Invariants: a helper reads nothing outside of its block; products of a group of weights with a group of
 * activations are exact integers before they are scaled, except for the IQ formats, whose are exact in fp32; and what
 * an offset of the weights (a minimum, or a zero in the middle) takes is computed from the activations' sums, once a
 * group and not once a weight.
 *
 * <p>What stays out: plain formats, whose elements are arrays' elements; how rows and tokens are divided among
 * work-items.
 */
package dev.sirocco.tasks.blocks;
