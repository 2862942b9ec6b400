/**
 * How much a model loses when its weights take fewer bits, by this project's quantization and by llama.cpp's.
 *
 * <p>Entry types: {@link dev.sirocco.benchmarks.quality.FullModel}, what others are compared with; {@link
 * dev.sirocco.benchmarks.quality.Orders}, the same model with other rounding errors. Always: whoever made a file, it is
 * decoded by the same code, and its numbers run in F32 by the same kernels.
 */
package dev.sirocco.benchmarks.quality;
