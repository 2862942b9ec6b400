package dev.sirocco.cli;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints the token ids that a model sees for a text.",
        footer = {"", "Example: sirocco detokenize $(sirocco tokenize 'a text')"})
final class TokenizeCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--json-lines",
            description = "Take each line of standard input for a JSON string, and print an array of ids for each.")
    private boolean lines;

    TokenizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (lines && text != null) {
            throw new ParameterException(spec.commandLine(), "--json-lines: reads standard input; leave the text out");
        }
        Tokenizer tokenizer = Tokenizer.of(model.tokenizerKeys());
        if (lines) {
            encodeLines(tokenizer);
            return;
        }
        String input = text == null ? PromptOptions.withoutLastLineBreak(console.readInput()) : text;
        int[] tokens = encode(tokenizer, input);
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
            console.println(Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        }
    }

    private int[] encode(Tokenizer tokenizer, String input) {
        return tokenizer.encode(input, !raw && tokenizer.addsBos());
    }

    private void encodeLines(Tokenizer tokenizer) {
        int number = 0;
        for (String line : console.readInput().split("\n")) {
            number++;
            if (!line.isBlank()) {
                String input = jsonString(line, number);
                JsonOutput.value(console, out -> {
                    int[] tokens = encode(tokenizer, input);
                    out.writeArray(tokens, 0, tokens.length);
                });
            }
        }
    }

    private static String jsonString(String line, int number) {
        try {
            if (Json.parse(line) instanceof Json.Text(String value)) {
                return value;
            }
        } catch (JsonException e) {
            throw new CommandFailure("standard input: line " + number + " is not JSON: " + e.getMessage(), e);
        }
        throw new CommandFailure("standard input: line " + number + " is not a JSON string");
    }
}
