package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.rope.QueryTemperature;
import dev.sirocco.tasks.sampling.MostLikely;
import dev.sirocco.tasks.workgroup.GroupAttention;
import dev.sirocco.tasks.workgroup.GroupEmbedding;
import dev.sirocco.tasks.workgroup.GroupInput;
import dev.sirocco.tasks.workgroup.GroupNorm;
import dev.sirocco.tasks.workgroup.RotaryPairsKernel;
import dev.sirocco.tasks.workgroup.TileProducts;
import dev.sirocco.tasks.workgroup.VectorProducts;
import dev.sirocco.tasks.workgroup.WeightParts;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Kernels made of work-groups. A token takes ten tasks a layer where formats agree: norm with rounding; query, key and
 * value; rotation; attention and its merge with rounding; output; norm with rounding; gate and up; rounding; down.
 */
final class WorkgroupTasks implements StepTasks {
    private final TransformerShape shape;
    private final ModelWeights weights;
    private final StepBuffers buffers;
    private final int lanes;
    private final VectorProducts vectors;
    private final TileProducts tiles;
    private final GroupAttention attention;
    private final GroupInput normed; // (chunk, dim)
    private final GroupInput attended; // (chunk, heads · headDim)
    private final FloatArray gate; // (chunk, ffnDim)
    private final FloatArray up; // (chunk, ffnDim)
    private final GroupInput gated; // (chunk, ffnDim)

    /**
     * {@return whether there are kernels made of work-groups for all that a model needs} They lack experts, windows
     * that differ by layer, attention temperature, packed caches, and the formats that {@link WeightParts#has} does not
     * have.
     */
    static boolean fit(TransformerShape shape, ModelWeights weights) {
        return shape.experts().equals(Experts.NONE)
                && shape.windows().pattern().size() == 1
                && shape.rotary().temperature().equals(QueryTemperature.NONE)
                && shape.cache() == CacheFormat.F32
                && weights.tensors().stream().allMatch(tensor -> WeightParts.has(tensor.format()));
    }

    WorkgroupTasks(TransformerShape shape, ModelWeights weights, StepBuffers buffers, KernelSettings settings) {
        this.shape = shape;
        this.weights = weights;
        this.buffers = buffers;
        lanes = settings.groupSize();
        vectors = new VectorProducts(settings.vectorLanes(), settings.vectorRows());
        tiles = new TileProducts(settings.tile());
        RollingBuffer rolling = shape.rollingBuffer(0);
        attention = new GroupAttention(
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                rolling,
                lanes,
                settings.attentionSplits(),
                settings.attentionPositions());
        int chunk = shape.chunk();
        normed = GroupInput.allocate(chunk, shape.dim());
        attended = GroupInput.allocate(chunk, shape.queryDim());
        gate = new FloatArray(chunk * shape.ffnDim());
        up = new FloatArray(chunk * shape.ffnDim());
        gated = GroupInput.allocate(chunk, shape.ffnDim());
    }

    @Override
    public List<Object> scratch() {
        List<Object> arrays = new ArrayList<>(List.of(gate, up));
        arrays.addAll(normed.arrays());
        arrays.addAll(attended.arrays());
        arrays.addAll(gated.arrays());
        arrays.addAll(attention.scratch());
        return arrays;
    }

    @Override
    public void embed(StepGraph step) {
        GroupEmbedding.add(step, "embedding", weights.embedding(), buffers.tokens(), buffers.hidden(), lanes);
    }

    @Override
    public void queryKeyValue(StepGraph step, LayerWeights layer) {
        WeightTensor q = layer.query();
        WeightTensor k = layer.key();
        WeightTensor v = layer.value();
        norm(step, "attention_norm", layer.attentionNorm(), q, k, v);
        if (step.batch() == 1 && VectorProducts.fuse(q, k, v)) {
            vectors.addQueryKeyValue(
                    step, "query_key_value", q, k, v, normed, buffers.query(), buffers.key(), buffers.value());
        } else {
            multiply(step, "query", q, normed, buffers.query(), false);
            multiply(step, "key", k, normed, buffers.key(), false);
            multiply(step, "value", v, normed, buffers.value(), false);
        }
    }

    @Override
    public void rotateAndStore(StepGraph step, KvCache cache) {
        step.tasks()
                .task(
                        "rotate",
                        RotaryPairsKernel::rotatePairs,
                        new KernelContext(),
                        buffers.query(),
                        buffers.key(),
                        buffers.value(),
                        buffers.rotation(),
                        cache.keys(),
                        cache.values(),
                        step.state(),
                        shape.heads(),
                        shape.kvHeads(),
                        shape.headDim(),
                        shape.rollingBuffer(0).capacity(),
                        shape.rotary().pairs().distance(shape.headDim()));
        step.grid("rotate", (shape.queryDim() / 2 - 1) / lanes + 1, step.batch(), lanes);
    }

    @Override
    public void attend(StepGraph step, KvCache cache) {
        attention.add(step, "attention", buffers.query(), cache, attended);
    }

    @Override
    public void attentionOutput(StepGraph step, LayerWeights layer) {
        if (!attention.rounds(step) && GroupInput.integers(layer.output()) == 1) {
            attended.quantize(step, "attended_quantize", lanes);
        }
        multiply(step, "attention_output", layer.output(), attended, buffers.hidden(), true);
    }

    @Override
    public void mixture(StepGraph step, LayerWeights layer) {
        throw new IllegalStateException("there are no kernels made of work-groups for experts");
    }

    @Override
    public void gate(StepGraph step, LayerWeights layer) {
        norm(step, "ffn_norm", layer.ffnNorm(), layer.gate(), layer.up());
        if (step.batch() == 1 && VectorProducts.fuse(layer.gate(), layer.up())) {
            vectors.addGated(step, "gate_up", layer.gate(), layer.up(), normed, gated.values());
        } else {
            multiply(step, "gate", layer.gate(), normed, gate, false);
            multiply(step, "up", layer.up(), normed, up, false);
            step.tasks()
                    .task(
                            "swiglu",
                            SwiGlu::swiGlu,
                            gate,
                            up,
                            gated.values(),
                            step.state(),
                            step.batch(),
                            shape.ffnDim());
        }
    }

    @Override
    public void down(StepGraph step, LayerWeights layer) {
        if (GroupInput.integers(layer.down()) == 1) {
            gated.quantize(step, "gated_quantize", lanes);
        }
        multiply(step, "down", layer.down(), gated, buffers.hidden(), true);
    }

    @Override
    public void logits(StepGraph step, FloatArray logits) {
        norm(step, "output_norm", weights.outputNorm(), weights.output());
        multiply(step, "output", weights.output(), normed, logits, false);
    }

    @Override
    public void choose(StepGraph step, FloatArray logits, MostLikely choice) {
        choice.addGroups(step, logits, lanes);
    }

    private void norm(StepGraph step, String task, FloatArray weight, WeightTensor... products) {
        step.tasks()
                .task(
                        task,
                        GroupNorm::groupNorm,
                        new KernelContext(),
                        buffers.hidden(),
                        weight,
                        normed.values(),
                        normed.quantized(),
                        normed.scales(),
                        normed.sums(),
                        step.state(),
                        shape.dim(),
                        shape.normEps(),
                        lanes,
                        GroupInput.floats(products),
                        GroupInput.integers(products));
        step.grid(task, step.batch(), lanes);
    }

    private void multiply(
            StepGraph step, String task, WeightTensor weight, GroupInput x, FloatArray out, boolean accumulate) {
        if (step.batch() == 1) {
            vectors.add(step, task, weight, x, out, accumulate);
        } else {
            tiles.add(step, task, weight, x, out, accumulate);
        }
    }
}
