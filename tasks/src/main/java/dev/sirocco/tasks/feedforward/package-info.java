/**
 * The feed-forward network but for its matrix products: the gate, and the choice among a mixture of experts.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.feedforward.SwiGlu}; {@link dev.sirocco.tasks.feedforward.ExpertRouting},
 * which both shapes of kernels use.
 */
package dev.sirocco.tasks.feedforward;
