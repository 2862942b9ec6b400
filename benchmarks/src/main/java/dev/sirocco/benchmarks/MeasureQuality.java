package dev.sirocco.benchmarks;

import dev.sirocco.benchmarks.quality.FullModel;
import dev.sirocco.benchmarks.quality.LlamaQuantizer;
import dev.sirocco.benchmarks.quality.Loss;
import dev.sirocco.benchmarks.quality.Orders;
import dev.sirocco.benchmarks.quality.Scores;
import dev.sirocco.benchmarks.quality.Texts;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.runtime.Devices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints how good the weight types are. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints how far a model gets from itself when its weights take fewer bits: made by 'sirocco "
                + "quantize' and by llama.cpp, decoded again, and run in F32. The difference of both perplexities "
                + "comes with its standard error, over the lines.")
final class MeasureQuality implements Callable<Integer> {
    private static final Path FOLDER = Path.of(System.getProperty("sirocco.home", "."), "model/pretrained/wordnet");

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "FILE",
            description = "The model; its weights as F32 are what is quantized (default: the small model).")
    private Path model = FOLDER.resolve("wordnet.Q8_0.gguf");

    @Option(
            names = {"-f", "--file"},
            paramLabel = "TEXT",
            description = "A text; each of its lines is scored by itself (default: the small model's held-out text).")
    private Path text = FOLDER.resolve("heldout.txt");

    @Option(names = "--lines", defaultValue = "80", description = "How many of them (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "1",
            description = "Compare perplexities also over N orders of the model's units, its own among them: the same "
                    + "function, but other rounding errors (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = {"-d", "--device"},
            defaultValue = "cpu",
            paramLabel = "ID",
            description = "Device that runs the models (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--llama", paramLabel = "LIBRARY", description = "libllama (default: sirocco alone).")
    private Path library;

    @Parameters(paramLabel = "TYPE", description = "As 'sirocco quantize' names them (default: all below 8 bits).")
    private List<String> names = List.of(
            "Q6_K", "Q5_K_M", "Q5_K_S", "Q5_1", "Q5_0", "Q4_K_M", "Q4_K_S", "Q4_1", "IQ4_NL", "IQ4_XS", "Q4_0",
            "Q3_K_M", "Q3_K_S", "Q2_K");

    @Override
    public Integer call() throws IOException {
        List<Mixture> mixtures = names.stream()
                .map(name -> Mixture.ofName(name).orElseThrow(() -> usage("there is no type '" + name + "'")))
                .toList();
        if (lines < 1) {
            throw usage("--lines is " + lines + ": give at least 1");
        }
        if (orders < 1) {
            throw usage("--orders is " + orders + ": give at least 1");
        }
        if (orders > 1 && library == null) {
            throw usage("--orders compares with llama.cpp: name libllama with --llama, or leave it out");
        }
        if (!Files.isReadable(text)) {
            throw usage("cannot read " + text + ": name a text with -f");
        }
        if (library != null && !Files.isReadable(library)) {
            throw usage("cannot read " + library + ": name libllama with --llama, or leave it out");
        }
        Path work = Files.createTempDirectory("sirocco-quality");
        try {
            measure(mixtures, work);
            return 0;
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
    }

    private void measure(List<Mixture> mixtures, Path work) throws IOException {
        Texts texts;
        try (Stream<String> all = Files.lines(text)) {
            texts = new Texts(all.limit(lines).toList(), Devices.installed().find(device));
        }
        LlamaQuantizer llama = library == null ? null : new LlamaQuantizer(library);
        FullModel full = new FullModel(model, work, texts);
        Orders several = new Orders(full.file(), work, orders, texts, llama);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "| TYPE | error | llama.cpp's | divergence | llama.cpp's | perplexity | llama.cpp's | difference, % |"
                        + (orders == 1 ? "" : " over " + orders + " orders, % |"));
        out.println("|---|---|---|---|---|---|---|---|" + (orders == 1 ? "" : "---|"));
        out.printf(
                Locale.ROOT,
                "| `F32` | 0 | 0 | 0 | 0 | %1$.2f | %1$.2f | |%2$s%n",
                full.perplexity(),
                orders == 1 ? "" : " |");
        Path quantized = work.resolve("quantized.gguf");
        for (Mixture mixture : mixtures) {
            FullModel.quantize(full.file(), quantized, mixture);
            Loss ours = full.loss(quantized);
            Files.delete(quantized);
            Loss theirs = null;
            if (llama != null) {
                llama.quantize(full.file(), quantized, mixture);
                theirs = full.loss(quantized);
                Files.delete(quantized);
            }
            out.printf(
                    "| `%s` | %s | %s | %s | %s | %s | %s | %s |%s%n",
                    mixture,
                    figure("%.4f", ours, Loss::error),
                    figure("%.4f", theirs, Loss::error),
                    figure("%.4f", ours, Loss::divergence),
                    figure("%.4f", theirs, Loss::divergence),
                    figure("%.2f", ours, loss -> loss.scores().perplexity()),
                    figure("%.2f", theirs, loss -> loss.scores().perplexity()),
                    difference(ours, theirs),
                    overOrders(several, mixture, ours, theirs));
            out.flush();
        }
    }

    private static String figure(String format, Loss loss, ToDoubleFunction<Loss> part) {
        return loss == null ? "–" : String.format(Locale.ROOT, format, part.applyAsDouble(loss));
    }

    private static String difference(Loss ours, Loss theirs) {
        if (theirs == null) {
            return "–";
        }
        Scores.Difference above = ours.scores().above(theirs.scores());
        return percent(above.percent(), above.standardError());
    }

    private String overOrders(Orders several, Mixture mixture, Loss ours, Loss theirs) throws IOException {
        if (orders == 1) {
            return "";
        }
        Orders.Spread spread = several.above(mixture, ours.scores().above(theirs.scores()));
        return " " + percent(spread.mean(), spread.standardError()) + " |";
    }

    private static String percent(double value, double standardError) {
        return String.format(Locale.ROOT, "%+.2f ± %.2f", value, standardError);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
