package dev.sirocco.model.session;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.loading.MappedWeights;
import dev.sirocco.model.loading.ModelConfig;
import dev.sirocco.model.tokenizer.Tokenizer;
import dev.sirocco.tasks.graph.ModelWeights;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An open model: configuration, tokenizer, and weights mapped from the file. Sessions run it. Owns the file's mapping
 * and its sessions; safe for use by several threads.
 */
public final class Model implements AutoCloseable {
    private final GgufFile file;
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ModelWeights weights;
    private final ModelOptions options;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private Model(GgufFile file, ModelConfig config, Tokenizer tokenizer, ModelWeights weights, ModelOptions options) {
        this.file = file;
        this.config = config;
        this.tokenizer = tokenizer;
        this.weights = weights;
        this.options = options;
    }

    /**
     * Opens a model file. Nothing the size of the model is read or copied.
     *
     * @throws GgufException when the file is not a model that can be run; the message is one line and names the file
     */
    public static Model open(Path path, ModelOptions options) {
        GgufFile file = GgufFile.open(path);
        try {
            return load(file, options);
        } catch (Throwable failure) {
            file.close();
            throw failure;
        }
    }

    private static Model load(GgufFile file, ModelOptions options) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw file.metadata()
                    .problem("cannot be used in place on a big-endian machine; use one that is little-endian");
        }
        ModelConfig config = ModelConfig.read(file, options.window());
        Tokenizer tokenizer = Tokenizer.of(file.metadata());
        if (tokenizer.vocabSize() != config.vocab()) {
            throw file.metadata()
                    .problem("the tokenizer has " + tokenizer.vocabSize() + " tokens, but the embedding has "
                            + config.vocab() + " rows; convert the model again");
        }
        int tensors = file.tensors().size();
        ModelWeights weights = MappedWeights.map(
                file, config, mapped -> options.listener().progress(LoadListener.Step.MAP_WEIGHTS, mapped, tensors));
        return new Model(file, config, tokenizer, weights, options);
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** {@return the open file, for what the model does not use; it is closed with the model} */
    public GgufFile file() {
        return file;
    }

    /**
     * Makes a session with an empty sequence: compiles the kernels and allocates the KV cache.
     *
     * @throws ContextException when the context does not fit the model or the device's memory
     */
    public synchronized Session newSession(SessionOptions size) {
        if (closed) {
            throw new IllegalStateException("the model " + file.path() + " is closed");
        }
        options.listener().progress(LoadListener.Step.PREPARE_DEVICE, 0, 1);
        Session session = Session.open(this, weights, size, options, sessions::remove);
        sessions.add(session);
        options.listener().progress(LoadListener.Step.PREPARE_DEVICE, 1, 1);
        return session;
    }

    /** Closes the sessions and the file. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            sessions.forEach(Session::close);
            file.close();
        }
    }
}
