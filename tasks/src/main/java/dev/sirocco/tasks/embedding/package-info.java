/**
 * Token embeddings: rows of a table in any weight format, decoded to fp32, in row shape.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.embedding.Embedding}, which adds the lookup to a task graph, and {@link
 * dev.sirocco.tasks.embedding.EmbeddingKernels}, with a kernel for each plain format and one for all block formats.
 *
 * <p>Invariant: only the rows of a step's tokens are read; ids are below the vocabulary's size, which the host checks.
 */
package dev.sirocco.tasks.embedding;
