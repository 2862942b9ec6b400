/**
 * The element-wise part of the feed-forward network; its matrix products are in {@code matmul}.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.feedforward.SwiGlu}.
 */
package dev.sirocco.tasks.feedforward;
