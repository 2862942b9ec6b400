/**
 * A model in, a GGUF file out: from the files in which it was published, and in other types.
 *
 * <p>Entry type: {@link dev.sirocco.model.convert.Conversion}.
 *
 * <p>Invariants: the file has every key and every tensor of the model, under GGUF's names and in GGUF's order of rows;
 * experts that have a tensor each are joined to one. It is either complete or absent. What is computed does not depend
 * on the number of threads.
 *
 * <p>What stays out: the formats of blocks ({@link dev.sirocco.model.quantize}), and of files.
 */
package dev.sirocco.model.convert;
