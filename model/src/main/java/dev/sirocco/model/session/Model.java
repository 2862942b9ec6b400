package dev.sirocco.model.session;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.loading.MappedWeights;
import dev.sirocco.model.loading.ModelConfig;
import dev.sirocco.model.loading.SdkSupport;
import dev.sirocco.model.loading.TornadoVmSdk;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.model.tokenizer.Tokenizer;
import dev.sirocco.tasks.graph.ModelWeights;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An open model: configuration, tokenizer, and weights mapped from the files. Sessions run it. Owns the files and
 * its sessions; safe for use by several threads.
 */
public final class Model implements AutoCloseable {
    private final ModelSource source;
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ModelWeights weights;
    private final ModelOptions options;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private Model(
            ModelSource source, ModelConfig config, Tokenizer tokenizer, ModelWeights weights, ModelOptions options) {
        this.source = source;
        this.config = config;
        this.tokenizer = tokenizer;
        this.weights = weights;
        this.options = options;
    }

    /**
     * Opens a model. Nothing the size of the model is read or copied.
     *
     * @throws ModelFileException when the files are no model that can be run; the message is one line and names one
     */
    public static Model open(Path path, ModelOptions options) {
        ModelSource source = ModelSource.open(path);
        try {
            return load(source, options);
        } catch (Throwable failure) {
            source.close();
            throw failure;
        }
    }

    private static Model load(ModelSource source, ModelOptions options) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw source.metadata()
                    .problem("cannot be used in place on a big-endian machine; use one that is little-endian");
        }
        ModelConfig config = ModelConfig.read(source, options.windows());
        Tokenizer tokenizer = Tokenizer.of(source.metadata());
        if (tokenizer.vocabSize() != config.vocab()) {
            throw source.metadata()
                    .problem("the tokenizer has " + tokenizer.vocabSize() + " tokens, but the embedding has "
                            + config.vocab() + " rows; convert the model again");
        }
        if (TornadoVmSdk.isRuntime()) {
            SdkSupport.require(source, options.kernels().shape());
        }
        DeviceMemory.requireWeights(source, options.device());
        int tensors = source.tensors().size();
        boolean widen = TornadoVmSdk.isRuntime() && !TornadoVmSdk.hasFloat16(DeviceMemory.orDefault(options.device()));
        ModelWeights weights = MappedWeights.map(
                source,
                config,
                widen,
                mapped -> options.listener().progress(LoadListener.Step.MAP_WEIGHTS, mapped, tensors));
        return new Model(source, config, tokenizer, weights, options);
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** {@return where the model comes from, for what the model does not use; it is closed with the model} */
    public ModelSource source() {
        return source;
    }

    /**
     * Makes a session with an empty sequence: compiles the kernels and allocates the KV cache.
     *
     * @throws ContextException when the context does not fit the model or the device's memory
     */
    public synchronized Session newSession(SessionOptions size) {
        if (closed) {
            throw new IllegalStateException("the model " + source.path() + " is closed");
        }
        options.listener().progress(LoadListener.Step.PREPARE_DEVICE, 0, 1);
        Session session = Session.open(this, weights, size, options, sessions::remove);
        sessions.add(session);
        options.listener().progress(LoadListener.Step.PREPARE_DEVICE, 1, 1);
        return session;
    }

    /** Closes the sessions and the source. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            sessions.forEach(Session::close);
            source.close();
        }
    }
}
