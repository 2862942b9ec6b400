/**
 * Token embeddings: rows of a table in any weight format, decoded to fp32.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.embedding.Embedding}, which adds the lookup to a task graph, and {@link
 * dev.sirocco.tasks.embedding.EmbeddingKernels}, with one kernel a format.
 */
package dev.sirocco.tasks.embedding;
