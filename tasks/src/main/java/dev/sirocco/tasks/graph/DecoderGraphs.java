package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.attention.WindowAttention;
import dev.sirocco.tasks.embedding.Embedding;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.Linear;
import dev.sirocco.tasks.normalization.RmsNorm;
import dev.sirocco.tasks.rope.RotaryKernel;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Builds the graphs of a decoder: for a batch size, the embedding and one graph a layer; and the logits. The forward
 * pass is the Mistral reference's: {@code h = x + Attention(norm(x)); y = h + W₂(silu(W₁ norm(h)) · W₃ norm(h))}.
 */
final class DecoderGraphs {
    private final TransformerShape shape;
    private final ModelWeights weights;
    private final StepBuffers buffers;
    private final GraphChain chain;

    DecoderGraphs(TransformerShape shape, ModelWeights weights, StepBuffers buffers, GraphChain chain) {
        this.shape = shape;
        this.weights = weights;
        this.buffers = buffers;
        this.chain = chain;
    }

    /**
     * Adds the graphs that take tokens to hidden states: first the embedding, then the layers.
     *
     * @param prefix of the graphs' names
     * @param batch  the most tokens that they process at once; 1 takes the kernels for a single token
     */
    void addForward(String prefix, int batch) {
        StepBuffers b = buffers;
        chain.link(
                prefix + "_embedding",
                List.of(b.step(), b.tokens(), b.rotation()),
                List.of(weights.embedding().data()),
                List.of(b.hidden()),
                graph -> Embedding.add(
                        graph, "embedding", weights.embedding(), b.tokens(), b.hidden(), b.step(), batch));
        for (int i = 0; i < shape.layers(); i++) {
            LayerWeights layer = weights.layers().get(i);
            KvCache cache = b.caches().get(i);
            chain.link(
                    prefix + "_layer" + i,
                    List.of(),
                    concatenate(layer.arrays(), cache.keys(), cache.values()),
                    List.of(
                            b.normed().values(),
                            b.normed().quantized(),
                            b.normed().scales(),
                            b.normed().panels(),
                            b.normed().sums(),
                            b.query(),
                            b.key(),
                            b.value(),
                            b.attended().values(),
                            b.gate(),
                            b.up(),
                            b.gated().values()),
                    graph -> {
                        addAttention(graph, layer, cache, batch);
                        addFeedForward(graph, layer, batch);
                    });
        }
    }

    /**
     * Adds a graph that takes rows of the hidden state to logits.
     *
     * @param name   the graph's name
     * @param batch  the most rows that it processes at once
     * @param logits (batch, vocab)
     */
    void addLogits(String name, int batch, FloatArray logits) {
        StepBuffers b = buffers;
        chain.leaf(
                name,
                List.of(b.logitsStep()),
                List.of(weights.outputNorm(), weights.output().data()),
                logits,
                graph -> {
                    graph.task(
                            "output_norm",
                            RmsNorm::rmsNorm,
                            b.hidden(),
                            weights.outputNorm(),
                            b.normed().values(),
                            b.logitsStep(),
                            batch,
                            shape.dim(),
                            shape.normEps());
                    b.normed().addPreparation(graph, "output", b.logitsStep(), batch, weights.output());
                    new Linear(weights.output(), b.normed(), logits, b.logitsStep()).add(graph, "output", batch, false);
                });
    }

    private void addAttention(TaskGraph graph, LayerWeights layer, KvCache cache, int batch) {
        StepBuffers b = buffers;
        RollingBuffer rolling = shape.rollingBuffer();
        graph.task(
                "attention_norm",
                RmsNorm::rmsNorm,
                b.hidden(),
                layer.attentionNorm(),
                b.normed().values(),
                b.step(),
                batch,
                shape.dim(),
                shape.normEps());
        b.normed().addPreparation(graph, "attention", b.step(), batch, layer.query(), layer.key(), layer.value());
        new Linear(layer.query(), b.normed(), b.query(), b.step()).add(graph, "query", batch, false);
        new Linear(layer.key(), b.normed(), b.key(), b.step()).add(graph, "key", batch, false);
        new Linear(layer.value(), b.normed(), b.value(), b.step()).add(graph, "value", batch, false);
        graph.task(
                "rotate",
                RotaryKernel::rotateAndStore,
                b.query(),
                b.key(),
                b.value(),
                b.rotation(),
                cache.keys(),
                cache.values(),
                b.step(),
                batch,
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                rolling.capacity());
        graph.task(
                "attention",
                WindowAttention::attendWindow,
                b.query(),
                cache.keys(),
                cache.values(),
                b.attended().values(),
                b.step(),
                batch,
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                rolling.capacity(),
                rolling.window());
        b.attended().addPreparation(graph, "attended", b.step(), batch, layer.output());
        new Linear(layer.output(), b.attended(), b.hidden(), b.step()).add(graph, "attention_output", batch, true);
    }

    private void addFeedForward(TaskGraph graph, LayerWeights layer, int batch) {
        StepBuffers b = buffers;
        graph.task(
                "ffn_norm",
                RmsNorm::rmsNorm,
                b.hidden(),
                layer.ffnNorm(),
                b.normed().values(),
                b.step(),
                batch,
                shape.dim(),
                shape.normEps());
        b.normed().addPreparation(graph, "ffn", b.step(), batch, layer.gate(), layer.up());
        new Linear(layer.gate(), b.normed(), b.gate(), b.step()).add(graph, "gate", batch, false);
        new Linear(layer.up(), b.normed(), b.up(), b.step()).add(graph, "up", batch, false);
        graph.task("swiglu", SwiGlu::swiGlu, b.gate(), b.up(), b.gated().values(), b.step(), batch, shape.ffnDim());
        b.gated().addPreparation(graph, "gated", b.step(), batch, layer.down());
        new Linear(layer.down(), b.gated(), b.hidden(), b.step()).add(graph, "down", batch, true);
    }

    private static List<Object> concatenate(Object[] weights, Object... caches) {
        Object[] all = Arrays.copyOf(weights, weights.length + caches.length);
        System.arraycopy(caches, 0, all, weights.length, caches.length);
        return List.of(all);
    }
}
