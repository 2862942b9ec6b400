/**
 * GGUF model files, read and written.
 *
 * <p>Entry types: {@link dev.sirocco.model.gguf.GgufFile} opens a file (versions 2 and 3, little endian) and
 * {@link dev.sirocco.model.gguf.GgufWriter} makes one (version 3). A file is {@linkplain
 * dev.sirocco.model.gguf.GgufMetadata metadata} (keys with {@linkplain dev.sirocco.model.gguf.GgufValue typed values})
 * and {@linkplain dev.sirocco.model.gguf.GgufTensor tensors}, whose data stays in the mapped file.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A file may hold any bytes. Opening it gives either a value of which every name, size and offset has been
 *       checked, or one {@link dev.sirocco.model.files.ModelFileException} whose one-line message names the file,
 *       what is wrong and where. What is kept on the heap is bounded by fixed limits, not by what the file claims.
 *   <li>Metadata is copied out of the file and may be used after it is closed. Tensor data is never copied: segments
 *       belong to the arena of the open file, or to one that the caller gives.
 *   <li>A model file is never written to: writable segments are private copy-on-write mappings.
 * </ul>
 *
 * <p>A model in several files is put together by {@link dev.sirocco.model.source}.
 *
 * <p>What stays out: the meaning of keys and tensors (configuration, tokenizer), and the arithmetic of the block
 * formats (kernels). Source: the GGUF specification in ggml's repository, {@code docs/gguf.md}.
 */
package dev.sirocco.model.gguf;
