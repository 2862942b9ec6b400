package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.rope.RotaryTable;
import dev.sirocco.tasks.sampling.Choice;
import dev.sirocco.tasks.sampling.MostLikely;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A model ready to run on one device, with the state of one sequence.
 *
 * <p>Tokens go in by {@link #prefill} and {@link #decode}, in order of position; {@link #logits} reads the hidden
 * state of the last of those calls. Owns its KV caches, its buffers and the device memory of all arrays until closed;
 * does not own the weights. Not thread-safe.
 */
public final class DecoderPlan implements AutoCloseable {
    /** Rows whose logits are computed at once when more than one is wanted: a compromise of speed and memory. */
    static final int LOGITS_BATCH = 16;

    private final TransformerShape shape;
    private final StepBuffers buffers;
    private final RotaryTable rotary;
    private final TornadoExecutionPlan plan;
    private final TornadoDevice device;
    private final List<Forward> forwards; // by descending batch
    private final int oneLogitsGraph;
    private final int manyLogitsGraph;
    private final int choiceGraph;
    private final MostLikely choice;
    private final FloatArray oneLogits; // (vocab)
    private final FloatArray manyLogits; // (LOGITS_BATCH, vocab)
    private final Map<String, Long> kernelNanos = new HashMap<>();
    private long compileNanos;
    private boolean profiling;
    private int next; // the position after the last token that was processed
    private int written; // one more than the highest position since the sequence began
    private int rows; // rows of the hidden state that the last step computed

    /** The graphs of a forward pass: {@code count} of them from {@code first}. */
    private record Forward(int batch, int first, int count) {}

    /**
     * Builds the graphs, compiles their kernels and brings the weights to the device.
     *
     * @param shape   the model's numbers and the session's context and chunk
     * @param weights which must fit the shape and outlive the plan
     * @param device  where to run, or null for the runtime's default device
     */
    public DecoderPlan(TransformerShape shape, ModelWeights weights, TornadoDevice device) {
        this(shape, weights, device, KernelSettings.ROW, false);
    }

    /**
     * Does what {@link #DecoderPlan(TransformerShape, ModelWeights, TornadoDevice)} does.
     *
     * @param kernels      their shape and sizes
     * @param printKernels whether the runtime prints the code of each kernel that it compiles
     */
    public DecoderPlan(
            TransformerShape shape,
            ModelWeights weights,
            TornadoDevice device,
            KernelSettings kernels,
            boolean printKernels) {
        weights.requireShape(shape);
        this.shape = shape;
        this.device = device;
        rotary = new RotaryTable(shape.headDim(), shape.rotary());
        buffers = StepBuffers.allocate(shape);
        oneLogits = new FloatArray(shape.vocab());
        int logitsRows = Math.min(LOGITS_BATCH, shape.chunk());
        manyLogits = new FloatArray(Math.multiplyExact(logitsRows, shape.vocab()));

        GraphChain chain = new GraphChain();
        GridScheduler grids = new GridScheduler();
        DecoderGraphs graphs = new DecoderGraphs(weights, buffers, tasks(kernels, weights), chain, grids);
        forwards = new ArrayList<>();
        if (shape.chunk() > 1) {
            addForward(graphs, chain, "prefill", shape.chunk());
        }
        addForward(graphs, chain, "decode", 1);
        oneLogitsGraph = chain.size();
        graphs.addLogits("logits", 1, oneLogits);
        manyLogitsGraph = chain.size();
        graphs.addLogits("logits_batch", logitsRows, manyLogits);
        choice = new MostLikely(shape.vocab());
        choiceGraph = chain.size();
        graphs.addChoice("greedy", oneLogits, choice);

        plan = new TornadoExecutionPlan(chain.graphs());
        if (!grids.keySet().isEmpty()) {
            plan.withGridScheduler(grids);
        }
        if (printKernels) {
            plan.withPrintKernel();
        }
        try {
            load(chain.size(), kernels.buildOptions());
        } catch (RuntimeException failure) {
            try {
                close();
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    private StepTasks tasks(KernelSettings kernels, ModelWeights weights) {
        return switch (kernels.shape()) {
            case ROW -> new RowTasks(shape, weights, buffers);
            case WORKGROUP -> new WorkgroupTasks(shape, weights, buffers, kernels);
        };
    }

    private void addForward(DecoderGraphs graphs, GraphChain chain, String prefix, int batch) {
        int first = chain.size();
        graphs.addForward(prefix, batch);
        forwards.add(new Forward(batch, first, chain.size() - first));
    }

    /** Compiles all kernels, and runs every graph once, with no rows: what is transferred once is transferred. */
    private void load(int graphs, String buildOptions) {
        if (device != null) {
            plan.withDevice(device);
            if (!buildOptions.isEmpty()) {
                plan.withCompilerFlags(device.getTornadoVMBackend(), buildOptions);
            }
        }
        setStep(0, 0);
        setLogitsStep(0, 0);
        long start = System.nanoTime();
        plan.withAllGraphs().withPreCompilation();
        compileNanos = System.nanoTime() - start;
        for (int graph = 0; graph < graphs; graph++) {
            run(graph);
        }
    }

    /** {@return the shape that the plan was built for} */
    public TransformerShape shape() {
        return shape;
    }

    /** {@return the position that the next token gets when the sequence goes on} */
    public int nextPosition() {
        return next;
    }

    /**
     * Processes tokens, in as many chunks as it takes.
     *
     * @param tokens   ids
     * @param position of the first of them: {@link #nextPosition()}, 0 to begin a new sequence, or a position within
     *                 the sequence whose window is still in the cache
     * @return the row of the last token for {@link #logits(int)}; rows before it belong to the last chunk only
     * @throws IllegalArgumentException when a token, the position or the length is impossible
     */
    public int prefill(int[] tokens, int position) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("there are no tokens to process");
        }
        requireRoom(position, tokens.length);
        for (int from = 0; from < tokens.length; from += shape.chunk()) {
            forward(tokens, from, Math.min(shape.chunk(), tokens.length - from), position + from);
        }
        return rows - 1;
    }

    /** Processes one token; its hidden state is row 0. See {@link #prefill} for the arguments. */
    public void decode(int token, int position) {
        forward(new int[] {token}, 0, 1, position);
    }

    /**
     * Processes one chunk: the hidden states of its tokens are rows {@code 0 … count − 1}.
     *
     * @param tokens   ids
     * @param from     index of the chunk's first token
     * @param count    tokens in the chunk, at most the shape's chunk
     * @param position of the chunk's first token, see {@link #prefill}
     * @throws IllegalArgumentException when a token, the position or the count is impossible
     */
    public void forward(int[] tokens, int from, int count, int position) {
        Objects.checkFromIndexSize(from, count, tokens.length);
        if (count < 1 || count > shape.chunk()) {
            throw new IllegalArgumentException(
                    "a chunk of " + count + " tokens: it must have 1 to " + shape.chunk() + " of them");
        }
        requireRoom(position, count);
        for (int i = 0; i < count; i++) {
            int token = tokens[from + i];
            if (token < 0 || token >= shape.vocab()) {
                throw new IllegalArgumentException(
                        "token " + token + " is not in the vocabulary of " + shape.vocab() + " tokens");
            }
            buffers.tokens().set(i, token);
        }
        rotary.fill(buffers.rotation(), position, count);
        setStep(position, count);
        Forward forward = forwards.getLast().batch() >= count ? forwards.getLast() : forwards.getFirst();
        rows = 0; // until every graph has run
        for (int graph = forward.first(); graph < forward.first() + forward.count(); graph++) {
            run(graph);
        }
        rows = count;
        next = position + count;
        written = position == 0 ? next : Math.max(written, next);
    }

    /** {@return whether what a token at this position sees is in the cache} */
    public boolean canContinueAt(int position) {
        return buffers.caches().stream().allMatch(cache -> cache.buffer().holdsWindowBefore(position, written));
    }

    private void requireRoom(int position, int count) {
        for (KvCache cache : buffers.caches()) {
            if (!cache.buffer().holdsWindowBefore(position, written)) {
                throw new IllegalArgumentException("position " + position + " cannot follow a sequence of " + written
                        + " tokens: what it sees is not in the cache of "
                        + cache.buffer().capacity() + " positions");
            }
        }
        if ((long) position + count > shape.context()) {
            throw new IllegalArgumentException(
                    count + " tokens from position " + position + " exceed the context of " + shape.context());
        }
    }

    /**
     * Computes the logits that follow one token of the last chunk.
     *
     * @param row the token's row in the last chunk
     * @return (vocab); the plan's own array, overwritten by the next call
     */
    public FloatArray logits(int row) {
        Objects.checkIndex(row, rows);
        setLogitsStep(row, 1);
        run(oneLogitsGraph);
        return oneLogits;
    }

    /**
     * Chooses the token that is most likely to follow one token of the last chunk, without its logits' leaving the
     * device.
     *
     * @param row the token's row in the last chunk
     * @return empty when not all logits are numbers; {@link #logits(int)} tells which
     */
    public Optional<Choice> choose(int row) {
        Objects.checkIndex(row, rows);
        setLogitsStep(row, 1);
        run(choiceGraph);
        return choice.result();
    }

    /** {@return the most rows that {@link #logits(int, int)} takes} */
    public int logitsBatch() {
        return manyLogits.getSize() / shape.vocab();
    }

    /**
     * Computes the logits of several tokens of the last chunk, reading the output matrix once for all of them.
     *
     * @param firstRow the first token's row in the last chunk
     * @param count    1 to {@link #logitsBatch()}
     * @return (count or more, vocab); the plan's own array, overwritten by the next call
     */
    public FloatArray logits(int firstRow, int count) {
        Objects.checkFromIndexSize(firstRow, count, rows);
        if (count < 1 || count > logitsBatch()) {
            throw new IllegalArgumentException(
                    "logits of " + count + " rows: 1 to " + logitsBatch() + " can be computed at once");
        }
        setLogitsStep(firstRow, count);
        run(manyLogitsGraph);
        return manyLogits;
    }

    /** Starts measuring each task; what was measured before is forgotten. */
    public void startProfiling() {
        kernelNanos.clear();
        plan.withProfiler(ProfilerMode.SILENT);
        profiling = true;
    }

    /** Stops measuring. {@return device time since {@link #startProfiling()}} */
    public KernelTimes stopProfiling() {
        plan.withoutProfiler();
        profiling = false;
        return new KernelTimes(kernelNanos);
    }

    /** {@return how long it took to allocate device memory and to compile the kernels, or to find them compiled} */
    public long compileNanos() {
        return compileNanos;
    }

    /** {@return bytes of all layers' caches} */
    public long kvCacheBytes() {
        return buffers.caches().stream().mapToLong(KvCache::sizeBytes).sum();
    }

    private void setStep(int position, int count) {
        buffers.step().set(StepState.POSITION, position);
        buffers.step().set(StepState.ROWS, count);
        buffers.step().set(StepState.FIRST_ROW, 0);
    }

    private void setLogitsStep(int firstRow, int count) {
        buffers.logitsStep().set(StepState.POSITION, 0);
        buffers.logitsStep().set(StepState.ROWS, count);
        buffers.logitsStep().set(StepState.FIRST_ROW, firstRow);
    }

    private void run(int graph) {
        TornadoExecutionResult result = plan.withGraph(graph).execute();
        if (profiling) {
            KernelTimes.addTo(kernelNanos, result.getProfilerResult().getProfileLog());
        }
    }

    /** Gives the device memory back. The weights stay the caller's. */
    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException failure) {
            throw new IllegalStateException("the plan's device memory could not be given back", failure);
        }
    }
}
