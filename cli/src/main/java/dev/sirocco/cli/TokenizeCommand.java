package dev.sirocco.cli;

import dev.sirocco.model.source.ModelSource;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints the token ids that a model sees for a text.",
        footer = {"", "Example: sirocco detokenize $(sirocco tokenize 'a text')"})
final class TokenizeCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The text; standard input when it is not given.")
    private String text;

    @Option(
            names = {"--raw", "--no-bos"},
            description = "Leave out the token that begins a sequence.")
    private boolean raw;

    @Option(names = "--json", description = "Print an object with tokens and pieces.")
    private boolean json;

    TokenizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (ModelSource file = model.open()) {
            Tokenizer tokenizer = Tokenizer.of(file.metadata());
            String input = text == null ? PromptOptions.withoutLastLineBreak(console.readInput()) : text;
            int[] tokens = tokenizer.encode(input, !raw && tokenizer.addsBos());
            if (json) {
                JsonOutput.object(console, out -> {
                    JsonOutput.ints(out, "tokens", tokens);
                    out.writeArrayFieldStart("pieces");
                    for (int token : tokens) {
                        out.writeString(tokenizer.piece(token));
                    }
                    out.writeEndArray();
                });
            } else {
                console.println(
                        Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
            }
        }
    }
}
