package dev.sirocco.cli;

import dev.sirocco.model.chat.ChatException;
import dev.sirocco.model.chat.ChatTemplate;
import dev.sirocco.model.chat.Conversation;
import dev.sirocco.model.chat.FillInTheMiddle;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
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
            description = "Take each line of standard input for a text, a conversation, or an object with prompt and"
                    + " suffix in JSON, and print an array of ids for each.")
    private boolean lines;

    @Option(
            names = "--chat",
            paramLabel = "FILE",
            description = "Lay out a conversation in place of a text: JSON with messages, and perhaps tools.")
    private Path chat;

    @Option(
            names = "--suffix",
            paramLabel = "AFTER",
            description = "Lay out a gap between the text and AFTER, as 'generate --suffix' fills it.")
    private String suffix;

    @Mixin
    private TemplateOptions template;

    TokenizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        template.validate();
        if (lines && text != null) {
            throw new ParameterException(spec.commandLine(), "--json-lines: reads standard input; leave the text out");
        } else if (chat != null && (lines || raw || text != null || suffix != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--chat: takes no text, --raw, --suffix or --json-lines beside it");
        } else if (suffix != null && (lines || raw)) {
            throw new ParameterException(spec.commandLine(), "--suffix: takes no --raw or --json-lines beside it");
        } else if (template.given() && chat == null && !lines) {
            throw new ParameterException(
                    spec.commandLine(), "--template, --system: are for conversations; name one with --chat");
        }
        GgufMetadata keys = model.tokenizerKeys();
        Tokenizer tokenizer = Tokenizer.of(keys);
        if (lines) {
            encodeLines(keys, tokenizer);
        } else if (chat != null) {
            print(tokenizer, template.choose(keys, tokenizer).encode(template.read(chat), tokenizer));
        } else {
            String before = text == null ? input() : text;
            print(tokenizer, suffix == null ? encode(tokenizer, before) : gap(tokenizer, before, suffix));
        }
    }

    private String input() {
        return PromptOptions.withoutLastLineBreak(console.readInput());
    }

    private void print(Tokenizer tokenizer, int[] tokens) {
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

    /** {@return a text with a gap} See {@link FillInTheMiddle}. */
    private static int[] gap(Tokenizer tokenizer, String before, String after) {
        try {
            return FillInTheMiddle.encode(tokenizer, before, after);
        } catch (ChatException e) {
            throw new CommandFailure("--suffix: " + e.getMessage(), e);
        }
    }

    /** Encodes each line, which is a text, a text with a gap, or a conversation. */
    private void encodeLines(GgufMetadata keys, Tokenizer tokenizer) {
        Optional<ChatTemplate> layout = Optional.empty();
        int number = 0;
        for (String line : console.readInput().split("\n")) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int[] tokens;
            try {
                Json value = Json.parse(line);
                Optional<String> after = value.find("suffix").flatMap(Json::text);
                if (value instanceof Json.Text(String input)) {
                    tokens = encode(tokenizer, input);
                } else if (after.isPresent()) {
                    String before = value.find("prompt").flatMap(Json::text).orElse("");
                    tokens = FillInTheMiddle.encode(tokenizer, before, after.get());
                } else {
                    Conversation conversation = template.conversation(value);
                    layout = layout.or(() -> Optional.of(template.choose(keys, tokenizer)));
                    tokens = layout.get().encode(conversation, tokenizer);
                }
            } catch (JsonException | ChatException e) {
                throw new CommandFailure("standard input: line " + number + ": " + e.getMessage(), e);
            }
            JsonOutput.value(console, out -> out.writeArray(tokens, 0, tokens.length));
        }
    }
}
