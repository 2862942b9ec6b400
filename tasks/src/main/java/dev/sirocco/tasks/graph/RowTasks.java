package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.WindowAttention;
import dev.sirocco.tasks.embedding.Embedding;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.Linear;
import dev.sirocco.tasks.matmul.LinearInput;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.normalization.RmsNorm;
import dev.sirocco.tasks.rope.RotaryKernel;
import dev.sirocco.tasks.sampling.MostLikely;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels in row shape: each work-item computes a row, or a tile of rows, by itself. Made for processors. */
final class RowTasks implements StepTasks {
    private final TransformerShape shape;
    private final ModelWeights weights;
    private final StepBuffers buffers;
    private final LinearInput normed; // (chunk, dim), input of the products after a norm
    private final LinearInput attended; // (chunk, heads · headDim), input of the attention's output product
    private final FloatArray gate; // (chunk, ffnDim)
    private final FloatArray up; // (chunk, ffnDim)
    private final LinearInput gated; // (chunk, ffnDim), input of the down product
    private final LinearInput gathered; // (chunk, dim), an expert's tokens
    private final ExpertTasks experts;

    RowTasks(TransformerShape shape, ModelWeights weights, StepBuffers buffers) {
        this.shape = shape;
        this.weights = weights;
        this.buffers = buffers;
        int chunk = shape.chunk();
        int widest = Math.max(Math.max(shape.dim(), shape.ffnDim()), shape.queryDim());
        LinearInput forms = LinearInput.allocate(chunk, widest); // its values are never touched
        normed = forms.sharingForms(chunk, shape.dim());
        attended = forms.sharingForms(chunk, shape.queryDim());
        gate = new FloatArray(chunk * shape.ffnDim());
        up = new FloatArray(chunk * shape.ffnDim());
        gated = forms.sharingForms(chunk, shape.ffnDim());
        gathered = forms.sharingForms(chunk, shape.dim());
        experts = new ExpertTasks(shape, gathered.values());
    }

    @Override
    public List<Object> scratch(LayerWeights layer, int batch) {
        List<Object> arrays = new ArrayList<>(List.of(normed.values(), attended.values(), gate, up, gated.values()));
        arrays.addAll(normed.forms(batch, layer.tensors()));
        if (layer.router().isPresent()) {
            arrays.addAll(experts.scratch());
        }
        return arrays;
    }

    @Override
    public List<Object> logitsScratch(int batch) {
        List<Object> arrays = new ArrayList<>(List.of(normed.values()));
        arrays.addAll(normed.forms(batch, List.of(weights.output())));
        return arrays;
    }

    @Override
    public void embed(StepGraph step) {
        Embedding.add(
                step.tasks(),
                "embedding",
                weights.embedding(),
                buffers.tokens(),
                buffers.hidden(),
                step.state(),
                step.batch());
    }

    @Override
    public void queryKeyValue(StepGraph step, LayerWeights layer, KvCache cache) {
        norm(step, "attention_norm", layer.attentionNorm());
        prepare(step, "attention", normed, layer.query(), layer.key(), layer.value());
        multiply(step, "query", layer.query(), normed, buffers.query(), false);
        multiply(step, "key", layer.key(), normed, buffers.key(), false);
        multiply(step, "value", layer.value(), normed, buffers.value(), false);
        step.tasks()
                .task(
                        "rotate",
                        RotaryKernel::rotateAndStore,
                        buffers.query(),
                        buffers.key(),
                        buffers.value(),
                        buffers.rotation(),
                        cache.keys(),
                        cache.values(),
                        cache.packedKeys(),
                        cache.packedValues(),
                        step.state(),
                        cache.format().code(),
                        step.batch(),
                        shape.heads(),
                        shape.kvHeads(),
                        shape.headDim(),
                        cache.buffer().capacity(),
                        shape.rotary().pairs().distance(shape.headDim()));
    }

    @Override
    public void attend(StepGraph step, LayerWeights layer, KvCache cache) {
        int sharing = WindowAttention.sharing(shape.heads(), shape.kvHeads());
        step.tasks()
                .task(
                        "attention",
                        WindowAttention::attendWindow,
                        buffers.query(),
                        cache.keys(),
                        cache.values(),
                        cache.packedKeys(),
                        cache.packedValues(),
                        attended.values(),
                        step.state(),
                        cache.format().code(),
                        step.batch(),
                        shape.heads() / sharing,
                        sharing,
                        shape.kvHeads(),
                        shape.headDim(),
                        cache.buffer().capacity(),
                        cache.buffer().window());
    }

    @Override
    public void attentionOutput(StepGraph step, LayerWeights layer) {
        prepare(step, "attended", attended, layer.output());
        multiply(step, "attention_output", layer.output(), attended, buffers.hidden(), true);
    }

    @Override
    public void gate(StepGraph step, LayerWeights layer) {
        norm(step, "ffn_norm", layer.ffnNorm());
        gate(step, "", layer.networks().getFirst(), normed);
    }

    private void gate(StepGraph step, String suffix, GatedWeights network, LinearInput x) {
        prepare(step, "ffn" + suffix, x, network.gate(), network.up());
        multiply(step, "gate" + suffix, network.gate(), x, gate, false);
        multiply(step, "up" + suffix, network.up(), x, up, false);
        step.tasks()
                .task(
                        "swiglu" + suffix,
                        SwiGlu::swiGlu,
                        gate,
                        up,
                        gated.values(),
                        step.state(),
                        step.batch(),
                        shape.ffnDim());
    }

    @Override
    public void down(StepGraph step, LayerWeights layer) {
        down(step, "", layer.networks().getFirst(), buffers.hidden(), true);
    }

    private void down(StepGraph step, String suffix, GatedWeights network, FloatArray out, boolean accumulate) {
        prepare(step, "gated" + suffix, gated, network.down());
        multiply(step, "down" + suffix, network.down(), gated, out, accumulate);
    }

    @Override
    public void route(StepGraph step, LayerWeights layer) {
        WeightTensor router = layer.router().orElseThrow();
        norm(step, "ffn_norm", layer.ffnNorm());
        prepare(step, "router", normed, router);
        multiply(step, "router", router, normed, experts.logits(), false);
        experts.addChoice(step);
    }

    @Override
    public void experts(StepGraph step, LayerWeights layer, int first, int end) {
        LinearInput input = step.batch() == 1 ? normed : gathered;
        for (int i = first; i < end; i++) {
            experts.addExpert(
                    step,
                    "_" + i,
                    layer.networks().get(i),
                    normed.values(),
                    buffers.hidden(),
                    (each, suffix, expert, answers) -> {
                        gate(each, suffix, expert, input);
                        down(each, suffix, expert, answers, false);
                    });
        }
    }

    @Override
    public void logits(StepGraph step, FloatArray logits) {
        norm(step, "output_norm", weights.outputNorm());
        prepare(step, "output", normed, weights.output());
        multiply(step, "output", weights.output(), normed, logits, false);
    }

    @Override
    public void choose(StepGraph step, FloatArray logits, MostLikely choice) {
        choice.addRows(step, logits);
    }

    private void norm(StepGraph step, String task, FloatArray weight) {
        step.tasks()
                .task(
                        task,
                        RmsNorm::rmsNorm,
                        buffers.hidden(),
                        weight,
                        normed.values(),
                        step.state(),
                        step.batch(),
                        shape.dim(),
                        shape.normEps());
    }

    private static void prepare(StepGraph step, String prefix, LinearInput input, WeightTensor... weights) {
        input.addPreparation(step.tasks(), prefix, step.state(), step.batch(), weights);
    }

    private static void multiply(
            StepGraph step, String task, WeightTensor weight, LinearInput input, FloatArray out, boolean accumulate) {
        new Linear(weight, input, out, step.state()).add(step.tasks(), task, step.batch(), accumulate);
    }
}
