package dev.sirocco.cli;

import dev.sirocco.model.session.Perplexity;
import dev.sirocco.model.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "perplexity",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description =
                "Measures how well a model predicts a text, with llama.cpp's windows: in each, the first half gives"
                        + " context and the second is scored.",
        footer = {
            "",
            "--ctx is the window in tokens (default: 512, or the model's context where that is less). What is left over"
                    + " at the end and fills no window is not scored.",
            "Ctrl-C ends the measurement; what there is of it is printed, and the exit status is 130."
        })
final class PerplexityCommand implements Callable<Integer> {
    private static final int DEFAULT_WINDOW = 512;
    private static final int LEAST_WINDOW = 4;
    private static final double NANOS = 1e9;

    private final Console console;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The text. Without it, standard input is read. A line break at its end is left out.")
    private Path file;

    @Option(
            names = "--chunks",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Score only the first N windows; -1 for all (default: ${DEFAULT-VALUE}).")
    private int chunks;

    @Option(
            names = "--stride",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begin a window every N tokens, and score the last N of each: more context for all, in more"
                    + " time. 0 for windows side by side (default: ${DEFAULT-VALUE}).")
    private int stride;

    @Option(names = "--json", description = "Print an object with the estimate, its standard error and timings.")
    private boolean json;

    PerplexityCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        run.validate();
        Numbers.within(spec, "--chunks", chunks, -1, Integer.MAX_VALUE);
        if (run.context() != 0) {
            Numbers.within(spec, "--ctx", run.context(), LEAST_WINDOW, Integer.MAX_VALUE);
        }
        String text = text();
        try (RunningModel running = run.open(console)) {
            int most = running.model().config().contextLength();
            int window = run.context() == 0 ? Math.min(DEFAULT_WINDOW, most) : run.context();
            int[] tokens = running.tokenizer().encode(text, running.tokenizer().addsBos());
            Perplexity.Windows cut = cut(window);
            int windows = cut.of(tokens.length);
            if (windows < 2) {
                throw new CommandFailure((file == null ? "standard input" : file) + ": has " + tokens.length
                        + " tokens, but two windows of " + window
                        + " are needed; give a longer text or a smaller --ctx");
            }
            Session session = running.newSession(window);
            try (Interruption.Section _ = interruption.graceful()) {
                return measure(running, new Perplexity(session, cut), tokens, window, windows);
            }
        }
    }

    private Perplexity.Windows cut(int window) {
        Numbers.within(spec, "--stride", stride, 0, window - 2);
        return stride == 0 ? Perplexity.Windows.sideBySide(window) : Perplexity.Windows.strided(window, stride);
    }

    private String text() {
        if (file == null) {
            return PromptOptions.withoutLastLineBreak(console.readInput());
        }
        try {
            return PromptOptions.withoutLastLineBreak(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(file + ": does not exist; name a text with -f", e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private int measure(RunningModel running, Perplexity perplexity, int[] tokens, int window, int windows) {
        int wanted = chunks < 0 ? windows : Math.min(chunks, windows);
        long start = System.nanoTime();
        int done = 0;
        try (WindowProgress progress = new WindowProgress(console, wanted)) {
            while (done < Math.max(wanted, 1) && !interruption.requested()) {
                perplexity.add(tokens, done++);
                progress.show(done, perplexity.estimate().perplexity());
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(running.path() + ": " + e.getMessage(), e);
        }
        if (done > 0) {
            print(running, perplexity.estimate(), window, System.nanoTime() - start);
        }
        console.flush();
        return done < wanted ? Interruption.STATUS : 0;
    }

    private void print(RunningModel running, Perplexity.Estimate estimate, int window, long nanos) {
        double perSecond = estimate.windows() * (double) window / (nanos / NANOS);
        if (json) {
            JsonOutput.object(console, out -> {
                out.writeNumberField("perplexity", estimate.perplexity());
                out.writeNumberField("standard_error", estimate.standardError());
                out.writeNumberField("nll", estimate.nll());
                out.writeNumberField("nll_standard_error", estimate.nllError());
                out.writeNumberField("chunks", estimate.windows());
                out.writeNumberField("ctx", window);
                out.writeNumberField("stride", stride);
                out.writeNumberField("scored", estimate.tokens());
                out.writeStringField("model", running.path().toString());
                out.writeStringField("device", running.device().id());
                out.writeNumberField("seconds", nanos / NANOS);
                out.writeNumberField("tokens_per_second", perSecond);
            });
        } else {
            console.println(String.format(
                    Locale.ROOT,
                    "perplexity\t%.4f\t+/- %.4f\t%d chunks of %d tokens, %d tokens scored, %.1f tokens/s",
                    estimate.perplexity(),
                    estimate.standardError(),
                    estimate.windows(),
                    window,
                    estimate.tokens(),
                    perSecond));
        }
    }
}
