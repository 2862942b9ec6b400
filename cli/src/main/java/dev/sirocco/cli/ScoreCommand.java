package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sirocco.model.session.LogitsListener;
import dev.sirocco.model.session.Session;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints how likely a model finds each token of a text after those before it.",
        footer = {"", "Probabilities are given as natural logarithms. The first token has none."})
final class ScoreCommand implements Callable<Integer> {
    private static final int SHOWN_CHARS = 40;

    private final Console console;
    private final Interruption interruption;

    @Mixin
    private RunOptions run;

    @Mixin
    private PromptOptions prompt;

    @Option(
            names = "--logits-out",
            paramLabel = "FILE",
            description = "Write the logits after each token as a NumPy file: float32 [tokens, vocabulary].")
    private Path logitsFile;

    @Option(names = "--json", description = "Print an object with tokens, pieces, logprobs, their sum and perplexity.")
    private boolean json;

    ScoreCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        prompt.validate();
        run.validate();
        try (RunningModel running = run.open(console)) {
            int[] tokens = prompt.tokens(console, running.tokenizer());
            double[] scores;
            if (logitsFile == null) {
                scores = score(running, tokens, LogitsListener.NONE);
            } else {
                // Interrupted, it still removes what it has written of the file.
                try (Interruption.Section _ = interruption.graceful();
                        NpyWriter npy = new NpyWriter(
                                "--logits-out",
                                logitsFile,
                                tokens.length,
                                running.model().config().vocab())) {
                    scores = score(running, tokens, (_, logits) -> write(npy, logits));
                    npy.finish();
                } catch (CancellationException _) {
                    return Interruption.STATUS;
                }
            }
            print(running.tokenizer(), tokens, scores);
            return 0;
        }
    }

    private double[] score(RunningModel running, int[] tokens, LogitsListener listener) {
        Session session = running.newSession(run.context());
        try {
            return session.score(tokens, listener);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(running.path() + ": " + e.getMessage(), e);
        }
    }

    private void write(NpyWriter npy, float[] logits) {
        if (interruption.requested()) {
            throw new CancellationException();
        }
        npy.writeRow(logits);
    }

    /** @param scores of all tokens but the first */
    private void print(Tokenizer tokenizer, int[] tokens, double[] scores) {
        double sum = Arrays.stream(scores).sum();
        double perplexity = scores.length == 0 ? 1 : Math.exp(-sum / scores.length);
        if (json) {
            JsonOutput.object(console, out -> writeJson(out, tokenizer, tokens, scores, sum, perplexity));
            return;
        }
        for (int i = 0; i < tokens.length; i++) {
            String score = i == 0 ? "-" : String.format(Locale.ROOT, "%.6f", scores[i - 1]);
            console.println(
                    tokens[i] + "\t" + score + "\t" + Printable.quoted(tokenizer.piece(tokens[i]), SHOWN_CHARS));
        }
        console.println(String.format(
                Locale.ROOT, "total\t%.6f\t%d tokens scored, perplexity %.4f", sum, scores.length, perplexity));
    }

    private static void writeJson(
            JsonGenerator out, Tokenizer tokenizer, int[] tokens, double[] scores, double sum, double perplexity)
            throws IOException {
        JsonOutput.ints(out, "tokens", tokens);
        out.writeArrayFieldStart("pieces");
        for (int token : tokens) {
            out.writeString(tokenizer.piece(token));
        }
        out.writeEndArray();
        out.writeArrayFieldStart("logprobs");
        out.writeNull();
        for (double score : scores) {
            out.writeNumber(score);
        }
        out.writeEndArray();
        out.writeNumberField("sum", sum);
        out.writeNumberField("scored", scores.length);
        out.writeNumberField("perplexity", perplexity);
    }
}
