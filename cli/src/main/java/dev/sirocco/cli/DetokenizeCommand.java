package dev.sirocco.cli;

import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "detokenize",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints the text that token ids stand for.")
final class DetokenizeCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Token ids, separated by blanks or commas; standard input when there are none.")
    private List<String> ids = List.of();

    @Option(names = "--json", description = "Print an object with the text.")
    private boolean json;

    DetokenizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Tokenizer tokenizer = Tokenizer.of(model.tokenizerKeys());
        int[] tokens = ids.isEmpty()
                ? TokenList.parse("standard input", List.of(console.readInput()), tokenizer.vocabSize())
                : TokenList.parse("ID", ids, tokenizer.vocabSize());
        String text = tokenizer.decode(tokens);
        if (json) {
            JsonOutput.object(console, out -> out.writeStringField("text", text));
        } else {
            console.println(text);
        }
    }
}
