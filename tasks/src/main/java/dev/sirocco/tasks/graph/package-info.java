/**
 * The task graphs of a decoder-only transformer and the plan that runs them.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.graph.DecoderPlan}: give it a {@link
 * dev.sirocco.tasks.graph.TransformerShape}, {@link dev.sirocco.tasks.graph.ModelWeights} and a device, then feed
 * tokens and ask for logits. A model is its shape and its weights: there is no class for a model, a size or a
 * quantisation.
 *
 * <p>Invariants: there is one graph for the embedding, one for each layer and one for the logits, because a graph's
 * tasks and byte code are limited; the graphs hand their arrays on device to device, see {@code GraphChain}. All
 * arrays are allocated when the plan is made and none afterwards.
 *
 * <p>What stays out: kernels, sampling, text, the choice of a device.
 */
package dev.sirocco.tasks.graph;
