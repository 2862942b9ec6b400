package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.feedforward.SwiGlu;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.sampling.MostLikely;
import dev.sirocco.tasks.workgroup.GroupAttention;
import dev.sirocco.tasks.workgroup.GroupEmbedding;
import dev.sirocco.tasks.workgroup.GroupInput;
import dev.sirocco.tasks.workgroup.GroupNorm;
import dev.sirocco.tasks.workgroup.HeadRows;
import dev.sirocco.tasks.workgroup.RotaryPairsKernel;
import dev.sirocco.tasks.workgroup.TensorProducts;
import dev.sirocco.tasks.workgroup.TileProducts;
import dev.sirocco.tasks.workgroup.VectorProducts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Kernels made of work-groups. A token takes nine tasks a layer where formats agree: norm with rounding; query, key and
 * value with their rotation and the write to the cache; attention and its merge with rounding; output; norm with
 * rounding; gate and up; rounding; down. A cache of blocks takes one more.
 */
final class WorkgroupTasks implements StepTasks {
    private final TransformerShape shape;
    private final ModelWeights weights;
    private final StepBuffers buffers;
    private final int lanes;
    private final boolean strips;
    private final VectorProducts vectors;
    private final TileProducts tiles;
    private final Optional<TensorProducts> tensors;
    private final Map<RollingBuffer, GroupAttention> attention; // layers have windows of one or two sizes
    private final KvCache stored; // a token's keys and values on the way into a cache of blocks
    private final GroupInput normed; // (chunk, dim)
    private final GroupInput attended; // (chunk, heads · headDim)
    private final FloatArray gate; // (chunk, ffnDim)
    private final FloatArray up; // (chunk, ffnDim)
    private final GroupInput gated; // (chunk, ffnDim)
    private final GroupInput gathered; // (chunk, dim), an expert's tokens
    private final ExpertTasks experts;

    WorkgroupTasks(TransformerShape shape, ModelWeights weights, StepBuffers buffers, KernelSettings settings) {
        this.shape = shape;
        this.weights = weights;
        this.buffers = buffers;
        lanes = settings.groupSize();
        strips = settings.strips();
        vectors = new VectorProducts(settings.vectorLanes(), settings.vectorRows());
        tiles = new TileProducts(settings.tile());
        tensors = settings.tensorCores() && shape.chunk() > 1 ? Optional.of(tensors(shape)) : Optional.empty();
        attention = buffers.caches().stream()
                .map(KvCache::buffer)
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        rolling -> new GroupAttention(
                                shape.heads(),
                                shape.kvHeads(),
                                shape.headDim(),
                                rolling,
                                lanes,
                                settings.attentionSplits(),
                                settings.attentionPositions())));
        int chunk = shape.chunk();
        stored = KvCache.allocate(CacheFormat.F32, shape.kvHeads(), shape.headDim(), RollingBuffer.of(1, 1, 1));
        normed = GroupInput.allocate(chunk, shape.dim());
        attended = GroupInput.allocate(chunk, shape.queryDim());
        gate = new FloatArray(chunk * shape.ffnDim());
        up = new FloatArray(chunk * shape.ffnDim());
        gated = GroupInput.allocate(chunk, shape.ffnDim());
        gathered = GroupInput.allocate(shape.experts().count() == 0 ? 1 : chunk, shape.dim());
        experts = new ExpertTasks(shape, gathered.values());
    }

    /** {@return what the products of all matrices share; logits are computed of few rows at once} */
    private static TensorProducts tensors(TransformerShape shape) {
        int widest = Math.max(shape.dim(), Math.max(shape.queryDim(), shape.ffnDim()));
        int logitsRows = Math.min(DecoderPlan.LOGITS_BATCH, shape.chunk());
        int sums = Math.max(
                TensorProducts.sums(
                        shape.chunk(), Math.max(widest, shape.experts().count())),
                TensorProducts.sums(logitsRows, shape.vocab()));
        return TensorProducts.allocate(shape.chunk(), widest, sums);
    }

    @Override
    public List<Object> scratch(LayerWeights layer, int batch) {
        List<Object> arrays = new ArrayList<>(List.of(stored.keys(), stored.values(), gate, up));
        tensors.filter(_ -> batch > 1).ifPresent(each -> arrays.addAll(each.arrays()));
        arrays.addAll(normed.arrays());
        arrays.addAll(attended.arrays());
        arrays.addAll(gated.arrays());
        arrays.addAll(gathered.arrays());
        arrays.addAll(experts.scratch());
        attention.values().forEach(each -> arrays.addAll(each.scratch()));
        return arrays;
    }

    @Override
    public List<Object> logitsScratch(int batch) {
        List<Object> arrays = new ArrayList<>(normed.arrays());
        tensors.filter(_ -> batch > 1).ifPresent(each -> arrays.addAll(each.arrays()));
        return arrays;
    }

    @Override
    public void embed(StepGraph step) {
        GroupEmbedding.add(step, "embedding", weights.embedding(), buffers.tokens(), buffers.hidden(), lanes);
    }

    @Override
    public void queryKeyValue(StepGraph step, LayerWeights layer, KvCache cache) {
        WeightTensor q = layer.query();
        WeightTensor k = layer.key();
        WeightTensor v = layer.value();
        GroupInput x = norm(step, "attention_norm", layer.attentionNorm(), q, k, v);
        pack(step, "attention_pack", x, q, k, v);
        if (step.batch() == 1 && VectorProducts.fuse(q, k, v)) {
            HeadRows heads = new HeadRows(
                    buffers.query(),
                    inBlocks(cache) ? stored : cache,
                    buffers.rotation(),
                    shape.heads(),
                    shape.kvHeads(),
                    shape.headDim(),
                    shape.rotary().pairs().distance(shape.headDim()));
            vectors.addQueryKeyValue(step, "query_key_value", q, k, v, x, heads);
            store(step, cache, stored.keys(), stored.values());
        } else {
            multiply(step, "query", q, x, buffers.query(), false);
            multiply(step, "key", k, x, buffers.key(), false);
            multiply(step, "value", v, x, buffers.value(), false);
            rotate(step, cache);
            store(step, cache, buffers.key(), buffers.value());
        }
    }

    private void rotate(StepGraph step, KvCache cache) {
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
                        cache.packedKeys(),
                        cache.packedValues(),
                        step.state(),
                        cache.format().code(),
                        shape.heads(),
                        shape.kvHeads(),
                        shape.headDim(),
                        cache.buffer().capacity(),
                        shape.rotary().pairs().distance(shape.headDim()));
        step.grid("rotate", (shape.queryDim() / 2 - 1) / lanes + 1, step.batch(), lanes);
    }

    private static boolean inBlocks(KvCache cache) {
        return cache.format() == CacheFormat.Q8_0;
    }

    /** Packs keys and values, which are in the cache already where it is not of blocks. */
    private void store(StepGraph step, KvCache cache, FloatArray keys, FloatArray values) {
        if (inBlocks(cache)) {
            cache.addStore(step, "store", keys, values, shape.kvHeads(), shape.headDim());
        }
    }

    @Override
    public void attend(StepGraph step, LayerWeights layer, KvCache cache) {
        GroupInput out = laidOut(step, attended, layer.output());
        attention.get(cache.buffer()).add(step, "attention", buffers.query(), cache, out);
    }

    @Override
    public void attentionOutput(StepGraph step, LayerWeights layer) {
        GroupInput x = laidOut(step, attended, layer.output());
        if (!GroupAttention.rounds(step, shape.headDim()) && integers(step, layer.output()) == 1) {
            x.quantize(step, "attended_quantize", lanes);
        }
        pack(step, "attended_pack", x, layer.output());
        multiply(step, "attention_output", layer.output(), x, buffers.hidden(), true);
    }

    @Override
    public void route(StepGraph step, LayerWeights layer) {
        WeightTensor router = layer.router().orElseThrow();
        GroupInput x = norm(step, "ffn_norm", layer.ffnNorm(), readers(layer));
        pack(step, "router_pack", x, router);
        multiply(step, "router", router, x, experts.logits(), false);
        experts.addChoice(step);
    }

    /** {@return the matrices that read what goes into the experts} */
    private static WeightTensor[] readers(LayerWeights layer) {
        List<WeightTensor> readers = new ArrayList<>(List.of(layer.router().orElseThrow()));
        layer.networks().forEach(network -> readers.addAll(List.of(network.gate(), network.up())));
        return readers.toArray(WeightTensor[]::new);
    }

    @Override
    public void experts(StepGraph step, LayerWeights layer, int first, int end) {
        GroupInput input = step.batch() == 1 ? laidOut(step, normed, readers(layer)) : gathered;
        for (int i = first; i < end; i++) {
            experts.addExpert(
                    step,
                    "_" + i,
                    layer.networks().get(i),
                    normed.values(),
                    buffers.hidden(),
                    (each, suffix, expert, answers) -> {
                        if (each.batch() > 1 && integers(each, expert.gate(), expert.up()) == 1) {
                            gathered.quantize(each, "gathered_quantize" + suffix, lanes);
                        }
                        gate(each, suffix, expert, input);
                        down(each, suffix, expert, answers, false);
                    });
        }
    }

    @Override
    public void gate(StepGraph step, LayerWeights layer) {
        GroupInput x = norm(step, "ffn_norm", layer.ffnNorm(), layer.gate(), layer.up());
        gate(step, "", layer.networks().getFirst(), x);
    }

    private void gate(StepGraph step, String suffix, GatedWeights network, GroupInput x) {
        if (step.batch() == 1 && VectorProducts.fuse(network.gate(), network.up())) {
            vectors.addGated(step, "gate_up" + suffix, network.gate(), network.up(), x, gated.values());
        } else {
            pack(step, "ffn_pack" + suffix, x, network.gate(), network.up());
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
    }

    @Override
    public void down(StepGraph step, LayerWeights layer) {
        down(step, "", layer.networks().getFirst(), buffers.hidden(), true);
    }

    private void down(StepGraph step, String suffix, GatedWeights network, FloatArray out, boolean accumulate) {
        GroupInput x = laidOut(step, gated, network.down());
        if (integers(step, network.down()) == 1) {
            x.quantize(step, "gated_quantize" + suffix, lanes);
        }
        pack(step, "gated_pack" + suffix, x, network.down());
        multiply(step, "down" + suffix, network.down(), x, out, accumulate);
    }

    @Override
    public void logits(StepGraph step, FloatArray logits) {
        GroupInput x = norm(step, "output_norm", weights.outputNorm(), weights.output());
        pack(step, "output_pack", x, weights.output());
        multiply(step, "output", weights.output(), x, logits, false);
    }

    @Override
    public void choose(StepGraph step, FloatArray logits, MostLikely choice) {
        choice.addGroups(step, logits, lanes);
    }

    /** {@return where a step's activations for some products go, with the layout that these take} */
    private GroupInput laidOut(StepGraph step, GroupInput x, WeightTensor... products) {
        return strips && step.batch() == 1 ? x.inStripsFor(products) : x;
    }

    /** {@return what the products get} */
    private GroupInput norm(StepGraph step, String task, FloatArray weight, WeightTensor... products) {
        GroupInput out = laidOut(step, normed, products);
        step.tasks()
                .task(
                        task,
                        GroupNorm::groupNorm,
                        new KernelContext(),
                        buffers.hidden(),
                        weight,
                        out.values(),
                        out.quantized(),
                        out.scales(),
                        out.halfSums(),
                        step.state(),
                        shape.dim(),
                        shape.normEps(),
                        lanes,
                        onTensors(step) ? 1 : GroupInput.floats(products),
                        integers(step, products),
                        out.layout());
        step.grid(task, step.batch(), lanes);
        return out;
    }

    /** Rounds activations for the products after it that are on tensor cores. */
    private void pack(StepGraph step, String task, GroupInput x, WeightTensor... products) {
        if (onTensors(step) && TensorProducts.take(products)) {
            tensors.orElseThrow().pack(step, task, x);
        }
    }

    /** {@return 1 if one of these products takes activations in int8: none does where tensor cores take blocks} */
    private int integers(StepGraph step, WeightTensor... products) {
        return onTensors(step) ? 0 : GroupInput.integers(products);
    }

    /** {@return whether the products that tensor cores take are on them} */
    private boolean onTensors(StepGraph step) {
        return tensors.isPresent() && step.batch() > 1;
    }

    private void multiply(
            StepGraph step, String task, WeightTensor weight, GroupInput x, FloatArray out, boolean accumulate) {
        if (step.batch() == 1) {
            vectors.add(step, task, weight, x, out, accumulate);
        } else if (onTensors(step) && TensorProducts.take(weight)) {
            tensors.orElseThrow().add(step, task, weight, out, accumulate);
        } else {
            tiles.add(step, task, weight, x, out, accumulate);
        }
    }
}
