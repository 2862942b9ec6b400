package dev.sirocco.benchmarks;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.ModelType;
import dev.sirocco.benchmarks.random.RandomModel;
import dev.sirocco.model.gguf.GgufException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a model file of any shape with random weights. */
@Command(
        name = "make-model",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a GGUF file with random weights, to measure or to test with. The same options give the "
                + "same bytes everywhere.")
final class MakeModel implements Callable<Integer> {
    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The file to write.")
    private Path output;

    @Option(
            names = {"-p", "--preset"},
            defaultValue = "tiny",
            completionCandidates = Presets.class,
            paramLabel = "NAME",
            description = "Start from the shape called ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String preset;

    @Option(
            names = {"-t", "--type"},
            defaultValue = "Q8_0",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "Type of the matrices: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String type;

    @Option(
            names = {"-s", "--seed"},
            defaultValue = "1",
            description = "Decides all weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--dim", description = "Width of the residual stream.")
    private Integer dim;

    @Option(names = "--layers", description = "Number of layers.")
    private Integer layers;

    @Option(names = "--ffn", description = "Inner width of the feed-forward network.")
    private Integer ffn;

    @Option(names = "--heads", description = "Number of query heads.")
    private Integer heads;

    @Option(names = "--kv-heads", description = "Number of key and value heads.")
    private Integer kvHeads;

    @Option(names = "--head-dim", description = "Width of a head.")
    private Integer headDim;

    @Option(names = "--vocab", description = "Number of tokens.")
    private Integer vocab;

    @Option(names = "--ctx", description = "Context length.")
    private Integer context;

    @Option(names = "--theta", description = "Base of the rotary embedding.")
    private Float theta;

    @Option(names = "--window", description = "Sliding window in positions; 0 for none.")
    private Integer window;

    @Option(names = "--tied", description = "Leave the output matrix away: the embedding serves for it.")
    private boolean tied;

    @Option(names = "--threads", description = "Threads that draw weights (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** The names that help and completion list. */
    static final class Presets implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelShape.presets().keySet().iterator();
        }
    }

    /** The names that help and completion list. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelType.all().stream().map(ModelType::name).iterator();
        }
    }

    @Override
    public Integer call() {
        ModelShape base = ModelShape.presets().get(preset);
        if (base == null) {
            throw usage("there is no preset '" + preset + "': choose one of "
                    + String.join(", ", ModelShape.presets().keySet()));
        }
        if (threads < 1) {
            throw usage("--threads is " + threads + ": give at least 1");
        }
        long begin = System.nanoTime();
        try {
            new RandomModel(shape(base), type(), seed, tied).write(output, threads);
            double seconds = (System.nanoTime() - begin) / NANOS;
            double megabytes = Files.size(output) / MEGA;
            spec.commandLine()
                    .getErr()
                    .printf("%s: %.1f MB in %.1f s (%.0f MB/s)%n", output, megabytes, seconds, megabytes / seconds);
            return 0;
        } catch (GgufException e) {
            spec.commandLine().getErr().println("make-model: " + e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelType type() {
        return ModelType.all().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(type))
                .findFirst()
                .orElseThrow(() -> usage("there is no type '" + type + "': choose one of "
                        + ModelType.all().stream().map(ModelType::name).collect(Collectors.joining(", "))));
    }

    private ModelShape shape(ModelShape base) {
        return new ModelShape(
                dim == null ? base.dim() : dim,
                layers == null ? base.layers() : layers,
                ffn == null ? base.ffn() : ffn,
                heads == null ? base.heads() : heads,
                kvHeads == null ? base.kvHeads() : kvHeads,
                headDim == null ? base.headDim() : headDim,
                vocab == null ? base.vocab() : vocab,
                context == null ? base.context() : context,
                theta == null ? base.ropeTheta() : theta,
                window == null ? base.window() : window,
                base.member());
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
