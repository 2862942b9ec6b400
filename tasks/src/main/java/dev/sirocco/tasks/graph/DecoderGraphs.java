package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.sampling.MostLikely;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Builds the graphs of a decoder: for a batch size, the embedding and one graph a layer; and the logits. The forward
 * pass is the Mistral reference's: {@code h = x + Attention(norm(x)); y = h + W₂(silu(W₁ norm(h)) · W₃ norm(h))}.
 */
final class DecoderGraphs {
    /** An expert takes up to thirteen tasks, a graph 256, of which what comes before the experts has up to 24. */
    private static final int EXPERTS_OF_A_GRAPH = 17;

    private final ModelWeights weights;
    private final StepBuffers buffers;
    private final StepTasks tasks;
    private final GraphChain chain;
    private final GridScheduler grids;

    /**
     * Adds graphs to a chain.
     *
     * @param tasks how the parts become tasks
     * @param grids is told how tasks are launched whose kernels take a KernelContext
     */
    DecoderGraphs(ModelWeights weights, StepBuffers buffers, StepTasks tasks, GraphChain chain, GridScheduler grids) {
        this.weights = weights;
        this.buffers = buffers;
        this.tasks = tasks;
        this.chain = chain;
        this.grids = grids;
    }

    /**
     * Adds the graphs that take tokens to hidden states: first the embedding, then the layers.
     *
     * @param prefix of the graphs' names
     * @param batch  the most tokens that they process at once; 1 takes the kernels for a single token
     */
    void addForward(String prefix, int batch) {
        StepBuffers b = buffers;
        String embedding = prefix + "_embedding";
        chain.beginPass();
        chain.link(
                embedding,
                List.of(b.step(), b.tokens(), b.rotation()),
                List.of(weights.embedding().data()),
                new GraphChain.Written(List.of(b.hidden()), List.of()),
                graph -> tasks.embed(new StepGraph(embedding, graph, b.step(), batch, grids)));
        for (int i = 0; i < weights.layers().size(); i++) {
            addLayer(
                    prefix + "_layer" + i,
                    batch,
                    weights.layers().get(i),
                    b.caches().get(i));
        }
    }

    /** A layer of many experts takes several graphs, because a graph has room for some tasks only. */
    private void addLayer(String name, int batch, LayerWeights layer, KvCache cache) {
        int networks = layer.networks().size();
        for (int first = 0; first < networks; first += EXPERTS_OF_A_GRAPH) {
            int from = first;
            int end = Math.min(networks, first + EXPERTS_OF_A_GRAPH);
            String graphName = first == 0 ? name : name + "_experts" + first;
            List<Object> inputs = new ArrayList<>();
            if (first == 0) {
                inputs.addAll(cache.arrays());
                inputs.addAll(layer.arrays());
            }
            layer.networks().subList(first, end).forEach(network -> inputs.addAll(network.arrays()));
            GraphChain.Written written = new GraphChain.Written(List.of(), layerScratch(layer, batch));
            chain.link(graphName, List.of(), inputs, written, graph -> {
                StepGraph step = new StepGraph(graphName, graph, buffers.step(), batch, grids);
                if (from == 0) {
                    tasks.queryKeyValue(step, layer, cache);
                    tasks.attend(step, layer, cache);
                    tasks.attentionOutput(step, layer);
                }
                if (layer.router().isEmpty()) {
                    tasks.gate(step, layer);
                    tasks.down(step, layer);
                } else {
                    if (from == 0) {
                        tasks.route(step, layer);
                    }
                    tasks.experts(step, layer, from, end);
                }
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
        chain.leaf(
                name,
                List.of(buffers.logitsStep()),
                outputWeights(),
                tasks.logitsScratch(batch),
                List.of(logits),
                graph -> tasks.logits(new StepGraph(name, graph, buffers.logitsStep(), batch, grids), logits));
    }

    /**
     * Adds a graph that takes a row of the hidden state to the most likely token.
     *
     * @param name   the graph's name
     * @param logits (vocab), which stay on the device
     * @param choice takes the result
     */
    void addChoice(String name, FloatArray logits, MostLikely choice) {
        List<Object> between = new ArrayList<>(tasks.logitsScratch(1));
        between.addAll(choice.scratch());
        between.add(logits);
        chain.leaf(name, List.of(buffers.logitsStep()), outputWeights(), between, choice.results(), graph -> {
            StepGraph step = new StepGraph(name, graph, buffers.logitsStep(), 1, grids);
            tasks.logits(step, logits);
            tasks.choose(step, logits, choice);
        });
    }

    private List<Object> outputWeights() {
        return List.of(weights.output().data(), weights.outputNorm());
    }

    private List<Object> layerScratch(LayerWeights layer, int batch) {
        List<Object> scratch = new ArrayList<>(List.of(buffers.query(), buffers.key(), buffers.value()));
        scratch.addAll(tasks.scratch(layer, batch));
        return scratch;
    }
}
