package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.sampling.MostLikely;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How the parts of a forward pass become tasks: one implementation a shape of kernels. The parts are added to a graph
 * in the order of the methods; {@link StepBuffers#hidden} is the residual stream between them. What else passes from
 * one part to the next is the implementation's.
 */
interface StepTasks {
    /**
     * {@return the arrays that a layer's tasks write, besides those of {@link StepBuffers}}
     *
     * @param batch the most rows that a step can have
     */
    List<Object> scratch(LayerWeights layer, int batch);

    /** {@return the arrays that the tasks of the logits write before the logits} */
    List<Object> logitsScratch(int batch);

    /** {@code h = embedding[token]}. */
    void embed(StepGraph step);

    /** {@code x = norm(h); q = rotate(Wq x); cache ← rotate(Wk x), Wv x}. */
    void queryKeyValue(StepGraph step, LayerWeights layer, KvCache cache);

    /** {@code a = attention(q, cache)}. */
    void attend(StepGraph step, LayerWeights layer, KvCache cache);

    /** {@code h = h + Wo a}. */
    void attentionOutput(StepGraph step, LayerWeights layer);

    /** {@code x = norm(h)}, and the choice of experts for x. */
    void route(StepGraph step, LayerWeights layer);

    /**
     * {@code h = h + Σ share · expert(x)}, over those of some experts that were chosen.
     *
     * @param first expert
     * @param end   one after the last expert
     */
    void experts(StepGraph step, LayerWeights layer, int first, int end);

    /** {@code x = norm(h); g = silu(W₁ x) · W₃ x}. */
    void gate(StepGraph step, LayerWeights layer);

    /** {@code h = h + W₂ g}. */
    void down(StepGraph step, LayerWeights layer);

    /**
     * {@code logits = W norm(h)}, of the rows from {@link dev.sirocco.tasks.StepState#FIRST_ROW} on.
     *
     * @param logits (batch, vocab)
     */
    void logits(StepGraph step, FloatArray logits);

    /** {@code token = argmax logits}; logits are (vocab). */
    void choose(StepGraph step, FloatArray logits, MostLikely choice);
}
