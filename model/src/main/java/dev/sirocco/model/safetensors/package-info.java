/**
 * Safetensors files, read.
 *
 * <p>Entry type: {@link dev.sirocco.model.safetensors.SafetensorsFile}. A file is a header of JSON, which says of each
 * {@linkplain dev.sirocco.model.safetensors.StoredTensor tensor} what it is and where, and their data.
 *
 * <p>Invariants: a file may hold any bytes; opening it gives either tensors that lie in the file and on no other, or
 * one {@link dev.sirocco.model.files.ModelFileException}. What is kept on the heap is bounded by fixed limits. Data is
 * not copied, unless its elements lie across their natural boundaries.
 *
 * <p>What stays out: what the tensors mean, and models in several files ({@link dev.sirocco.model.source}).
 */
package dev.sirocco.model.safetensors;
