package dev.sirocco.model.session;

import dev.sirocco.model.loading.ModelConfig;
import dev.sirocco.model.sampling.Sampler;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.graph.DecoderPlan;
import dev.sirocco.tasks.graph.KernelTimes;
import dev.sirocco.tasks.graph.ModelWeights;
import dev.sirocco.tasks.graph.TransformerShape;
import dev.sirocco.tasks.sampling.Choice;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One sequence of tokens and what the model keeps of it.
 *
 * <p>Tokens that were appended wait until {@link #advance} or {@link #logits} computes them. Owns its KV cache, buffers
 * and device memory until closed. One thread uses it at a time; {@link #close} may come from another and waits for the
 * step that is running.
 */
public final class Session implements AutoCloseable {
    private static final int UNKNOWN = -1;

    private final Model model;
    private final TransformerShape shape;
    private final DecoderPlan plan;
    private final Consumer<Session> onClose;
    private final int[] tokens; // (context), of which the first `appended` are the sequence
    private int appended;
    private int computed;
    private int lastRow; // of the last computed token in the plan's last chunk
    private FloatArray current; // the logits after the computed tokens, or null
    private int chosen = UNKNOWN; // the most likely token after the computed ones
    private boolean closed;

    private Session(Model model, TransformerShape shape, DecoderPlan plan, Consumer<Session> onClose) {
        this.model = model;
        this.shape = shape;
        this.plan = plan;
        this.onClose = onClose;
        this.tokens = new int[shape.context()];
    }

    static Session open(
            Model model, ModelWeights weights, SessionOptions size, ModelOptions options, Consumer<Session> onClose) {
        ModelConfig config = model.config();
        int context =
                size.context() == 0 ? Math.min(config.contextLength(), SessionOptions.DEFAULT_CONTEXT) : size.context();
        if (context > config.contextLength()) {
            throw new ContextException("a context of " + context + " tokens was asked for, but the model was made for "
                    + config.contextLength() + "; ask for that at most (--ctx)");
        }
        int chunk = Math.min(context, size.chunk() == 0 ? SessionOptions.DEFAULT_CHUNK : size.chunk());
        TransformerShape shape = shape(config, context, chunk, size.cache());
        DeviceMemory.requireCache(model.source(), shape.cacheBytes(), context, options.device());
        DecoderPlan plan = new DecoderPlan(shape, weights, options.device(), options.kernels(), options.printKernels());
        return new Session(model, shape, plan, onClose);
    }

    private static TransformerShape shape(ModelConfig config, int context, int chunk, CacheFormat cache) {
        try {
            return config.shape(context, chunk, cache);
        } catch (IllegalArgumentException problem) {
            throw new ContextException(problem.getMessage() + " (--cache-type, --ctx)");
        }
    }

    public Model model() {
        return model;
    }

    /** {@return the most tokens that the sequence can have} */
    public int context() {
        return shape.context();
    }

    /** {@return the most tokens that are processed at once} */
    public int chunk() {
        return shape.chunk();
    }

    /** {@return how many tokens the sequence has} */
    public int length() {
        return appended;
    }

    /** {@return how many more tokens the sequence can take} */
    public int remaining() {
        return shape.context() - appended;
    }

    /** {@return nanoseconds that it took to compile the kernels for the device, or to find them compiled} */
    public long compileNanos() {
        return plan.compileNanos();
    }

    /** {@return bytes of the KV cache} */
    public long kvCacheBytes() {
        return plan.kvCacheBytes();
    }

    /**
     * Adds tokens to the sequence. Nothing is computed yet, and nothing is added when not all can be.
     *
     * @throws ContextException         when they are more than {@link #remaining}
     * @throws IllegalArgumentException when an id is not in the vocabulary
     */
    public synchronized void append(int... ids) {
        requireOpen();
        if (ids.length > remaining()) {
            throw new ContextException(
                    ids.length + " tokens do not fit: the context is " + context() + " tokens, of which " + remaining()
                            + " are free; shorten the text or ask for a larger context (--ctx)");
        }
        for (int id : ids) {
            if (id < 0 || id >= shape.vocab()) {
                throw new IllegalArgumentException(
                        "token id " + id + " is not in the vocabulary, which has ids 0 to " + (shape.vocab() - 1));
            }
        }
        System.arraycopy(ids, 0, tokens, appended, ids.length);
        appended += ids.length;
    }

    /** {@return how many appended tokens have not been computed} */
    public synchronized int pending() {
        return appended - computed;
    }

    /** Computes the next chunk of what was appended. {@return whether there is more to compute} */
    public synchronized boolean advance() {
        requireOpen();
        int count = Math.min(pending(), shape.chunk());
        if (count > 0) {
            plan.forward(tokens, computed, count, computed);
            computed += count;
            lastRow = count - 1;
            current = null;
            chosen = UNKNOWN;
        }
        return pending() > 0;
    }

    /**
     * Computes what was appended.
     *
     * @return (vocab), the logits of the token that follows the sequence; the session's own array, overwritten by the
     *     next call
     * @throws IllegalStateException when the sequence is empty
     */
    public synchronized FloatArray logits() {
        requireNotEmpty();
        while (advance()) {
            // Chunk by chunk.
        }
        if (current == null) {
            current = plan.logits(lastRow);
        }
        return current;
    }

    /**
     * Computes what was appended, and leaves the logits on the device.
     *
     * @return the token that is most likely to follow the sequence, what a greedy {@link Sampler} takes
     * @throws IllegalStateException    when the sequence is empty
     * @throws IllegalArgumentException when the model's logits are not numbers
     */
    public synchronized int mostLikely() {
        requireNotEmpty();
        while (advance()) {
            // Chunk by chunk.
        }
        if (chosen == UNKNOWN) {
            chosen = plan.choose(lastRow)
                    .map(Choice::token)
                    .orElseGet(() -> new Sampler(SamplerSettings.greedy()).sample(logits()));
        }
        return chosen;
    }

    /**
     * Makes the sequence the longest beginning that it has in common with these tokens; append the rest of them to
     * continue. What was computed of it is kept, unless it has left the cache's window: then it is computed again.
     *
     * @param ids the sequence that is wanted
     * @return how many tokens are kept
     */
    public synchronized int keep(int[] ids) {
        requireOpen();
        int common = Arrays.mismatch(tokens, 0, appended, ids, 0, ids.length);
        if (common < 0) {
            return appended;
        }
        appended = common;
        if (common < computed) {
            // The last token is computed again, because the logits that follow it are gone.
            int last = Math.max(common - 1, 0);
            computed = plan.canContinueAt(last) ? last : 0;
            current = null;
            chosen = UNKNOWN;
        }
        return common;
    }

    /** Empties the sequence. */
    public synchronized void reset() {
        requireOpen();
        appended = 0;
        computed = 0;
        current = null;
        chosen = UNKNOWN;
    }

    /**
     * Appends a prompt and generates tokens after it until a stop condition is met. The generated tokens become part of
     * the sequence, so that the next prompt continues it.
     *
     * @param listener is given each token as it is chosen
     * @throws ContextException         when the prompt does not fit
     * @throws IllegalArgumentException when there is no prompt, or the model's logits are not numbers
     */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        return new Generator(this, request, listener).run();
    }

    /**
     * Computes how likely each token is after those before it. The sequence is emptied before.
     *
     * @param ids      at least one
     * @param listener is given the logits after each token, in order
     * @return natural logarithms of the probabilities of tokens 1, 2, …: one fewer than tokens, for nothing is before
     *     the first
     * @throws ContextException         when they do not fit the context
     * @throws IllegalArgumentException when there are no tokens, or the model's logits are not numbers
     */
    public double[] score(int[] ids, LogitsListener listener) {
        return score(ids, 0, listener);
    }

    /**
     * Does what {@link #score(int[], LogitsListener)} does, but only for the tokens after one of them.
     *
     * @param first the listener is given logits from those after this token on
     * @return natural logarithms of the probabilities of tokens {@code first + 1}, {@code first + 2}, …
     */
    public synchronized double[] score(int[] ids, int first, LogitsListener listener) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("there are no tokens to score");
        }
        Objects.checkIndex(first, ids.length);
        reset();
        append(ids);
        double[] logProbabilities = new double[ids.length - 1 - first];
        float[][] logits = new float[plan.logitsBatch()][shape.vocab()];
        for (int from = 0; from < ids.length; from = computed) {
            advance();
            for (int at = Math.max(from, first); at < computed; at += logits.length) {
                int count = Math.min(logits.length, computed - at);
                FloatArray batch = plan.logits(at - from, count);
                int begin = at;
                IntStream.range(0, count).parallel().forEach(row -> {
                    copyRow(batch, row, logits[row]);
                    int index = begin + row;
                    if (index + 1 < ids.length) {
                        logProbabilities[index - first] = LogProbability.of(logits[row], ids[index + 1]);
                    }
                });
                for (int row = 0; row < count; row++) {
                    listener.logits(at + row, logits[row]);
                }
            }
        }
        return logProbabilities;
    }

    private static void copyRow(FloatArray rows, int row, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = rows.get(row * into.length + i);
        }
    }

    /** {@return a copy of the sequence} */
    public synchronized int[] tokens() {
        return Arrays.copyOf(tokens, appended);
    }

    /** Starts measuring the device time of each task. */
    public synchronized void startProfiling() {
        requireOpen();
        plan.startProfiling();
    }

    /** Stops measuring. {@return device time since {@link #startProfiling}} */
    public synchronized KernelTimes stopProfiling() {
        requireOpen();
        return plan.stopProfiling();
    }

    private void requireNotEmpty() {
        requireOpen();
        if (appended == 0) {
            throw new IllegalStateException("there are no logits before the first token; append one");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    /** Gives the cache and the device memory back. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
            plan.close();
        }
    }
}
