package dev.sirocco.cli;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.session.Model;
import dev.sirocco.model.session.ModelOptions;
import dev.sirocco.model.session.Session;
import dev.sirocco.model.session.SessionOptions;
import dev.sirocco.model.tokenizer.Tokenizer;
import dev.sirocco.tasks.attention.CacheFormat;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** An open model and the device that it runs on. Owns both model and sessions. */
final class RunningModel implements AutoCloseable {
    private final Console console;
    private final Path path;
    private final Model model;
    private final ListedDevice device;
    private final CacheFormat cache;
    private final DeviceProfile profile;
    private long loadNanos;

    private RunningModel(
            Console console, Path path, Model model, ListedDevice device, CacheFormat cache, DeviceProfile profile) {
        this.console = console;
        this.path = path;
        this.model = model;
        this.device = device;
        this.cache = cache;
        this.profile = profile;
    }

    /** Opens the file; see {@link Model#open}. */
    static RunningModel open(
            Console console,
            Path path,
            ModelOptions options,
            ListedDevice device,
            CacheFormat cache,
            DeviceProfile profile) {
        long start = System.nanoTime();
        try (LoadProgress _ = new LoadProgress(console, "loading " + path)) {
            RunningModel running = new RunningModel(console, path, Model.open(path, options), device, cache, profile);
            running.loadNanos = System.nanoTime() - start;
            return running;
        }
    }

    /**
     * {@return a new session, owned by this object}
     *
     * @param context the most tokens that it takes; 0 for the model's own number
     * @throws dev.sirocco.model.session.ContextException when that is not possible
     */
    Session newSession(int context) {
        long start = System.nanoTime();
        Session session;
        try (LoadProgress _ = new LoadProgress(console, "preparing " + path.getFileName() + " for " + device.id())) {
            session = model.newSession(new SessionOptions(context, profile.prefillChunk(), cache));
        }
        loadNanos += System.nanoTime() - start;
        long needed = weightBytes() + session.kvCacheBytes();
        if (needed > profile.budgetBytes(device.memoryBytes())) {
            console.note("sirocco: warning: " + path.getFileName() + " and its cache take " + Printable.bytes(needed)
                    + ", more than the share (memory_share) of the " + Printable.bytes(device.memoryBytes())
                    + " of " + device.id()
                    + " that its profile allows; it may be very slow: use a smaller model or --ctx");
        }
        return session;
    }

    Path path() {
        return path;
    }

    Model model() {
        return model;
    }

    Tokenizer tokenizer() {
        return model.tokenizer();
    }

    ListedDevice device() {
        return device;
    }

    /** {@return time spent on opening the model and making sessions} */
    long loadNanos() {
        return loadNanos;
    }

    /** {@return bytes of all tensors} */
    long weightBytes() {
        return model.source().tensors().stream()
                .mapToLong(GgufTensor::sizeBytes)
                .sum();
    }

    /** {@return bytes that are read for one token: of the embedding it is one row, unless that is the output too} */
    long tokenBytes() {
        long embedding = model.source()
                .find("output.weight")
                .flatMap(output -> model.source().find("token_embd.weight"))
                .map(GgufTensor::sizeBytes)
                .orElse(0L);
        return weightBytes() - embedding;
    }

    /** {@return weights in all tensors} */
    long parameters() {
        return model.source().tensors().stream()
                .mapToLong(GgufTensor::elementCount)
                .sum();
    }

    /** {@return architecture, number of weights and the type of most of them, {@code llama 7.24B Q8_0}} */
    String description() {
        Map<GgmlType, Long> weights = new EnumMap<>(GgmlType.class);
        for (GgufTensor tensor : model.source().tensors()) {
            weights.merge(tensor.type(), tensor.elementCount(), Long::sum);
        }
        GgmlType most = weights.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        long count = parameters();
        String size = count < 1e9
                ? String.format(Locale.ROOT, "%.2fM", count / 1e6)
                : String.format(Locale.ROOT, "%.2fB", count / 1e9);
        return model.config().architecture() + " " + size + " " + most;
    }

    @Override
    public void close() {
        model.close();
    }
}
