/**
 * Where a model comes from: the seam between files and everything that uses a model.
 *
 * <p>Entry type: {@link dev.sirocco.model.source.ModelSource}. Each of its implementations turns one kind of files into
 * keys and tensors with GGUF's names: {@link dev.sirocco.model.source.GgufSource} a file or the parts of a split one,
 * {@link dev.sirocco.model.source.FolderSource} a folder with safetensors files.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Opening reads headers, never weights: tensors stay in the mapped files.
 *   <li>Files may hold any bytes. Every name, size and offset has been checked when a source is there; otherwise one
 *       {@link dev.sirocco.model.files.ModelFileException} names the file and what is wrong with it.
 *   <li>Matrices are not changed: a checkpoint whose queries and keys have their elements in the order of transformers
 *       says so ({@link dev.sirocco.model.source.ModelSource#rotaryPairs}), and is rotated in that order.
 * </ul>
 *
 * <p>What stays out: the layouts of the formats, and the meaning of the numbers ({@link dev.sirocco.model.loading}).
 */
package dev.sirocco.model.source;
