/**
 * Model files with random weights: any shape of the Mistral architecture, any supported weight type, from a seed.
 *
 * <p>Entry types: {@link dev.sirocco.benchmarks.random.ModelShape} says how large a model is, and {@link
 * dev.sirocco.benchmarks.random.RandomModel} writes a GGUF file of that shape.
 *
 * <p>Invariants:
 * <ul>
 *   <li>The bytes of a file depend on shape, type and seed alone, not on threads or machine.
 *   <li>Quantised weights are drawn in their own format, so that a file as large as a real model takes as long as the
 *       disk needs. No tensor is ever in memory as a whole.
 *   <li>Weights are scaled so that activations stay of order one through any number of layers.
 *   <li>The vocabulary is a valid SentencePiece one: every byte has a piece, and every longer piece can be merged from
 *       two others. Other programs load the files too.
 * </ul>
 *
 * <p>What stays out: trained models, and tokenizers other than SentencePiece's.
 */
package dev.sirocco.benchmarks.random;
