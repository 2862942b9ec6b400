package dev.sirocco.cli;

import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A text or its tokens, from an option or from standard input. */
final class PromptOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-p", "--prompt", "--text"},
            paramLabel = "TEXT",
            description = "The text. Without it and --tokens, standard input is read, less a line break at its end.")
    private String text;

    @Option(
            names = "--tokens",
            paramLabel = "IDS",
            description = "Token ids in place of a text, such as 1,2,3; exactly these, nothing is put in front.")
    private String ids;

    @Option(
            names = {"--raw", "--no-bos"},
            description = "Take the text as it is: without the token that begins a sequence, and from standard input"
                    + " with the line break at its end.")
    private boolean raw;

    /** Checks what can be checked without a model. */
    void validate() {
        if (text != null && ids != null) {
            throw new ParameterException(spec.commandLine(), "--tokens: cannot be combined with a text; leave one out");
        }
    }

    /** {@return whether it is said where the text is to be read} */
    boolean isGiven() {
        return text != null || ids != null;
    }

    /** {@return whether nothing may be put in front of the text, or after it} */
    boolean isExact() {
        return ids != null || raw;
    }

    /** {@return the text, less a line break at its end where it is read} */
    String text(Console console) {
        return text != null ? text : input(console);
    }

    /**
     * {@return the tokens that the model sees}
     *
     * @throws CommandFailure when there are none, or they are not the model's
     */
    int[] tokens(Console console, Tokenizer tokenizer) {
        int[] tokens;
        if (ids != null) {
            tokens = TokenList.parse("--tokens", List.of(ids), tokenizer.vocabSize());
        } else {
            tokens = encode(text(console), tokenizer);
        }
        if (tokens.length == 0) {
            throw new CommandFailure("the text is empty; give one with -p or on standard input");
        }
        return tokens;
    }

    private int[] encode(String input, Tokenizer tokenizer) {
        boolean begins = !raw && tokenizer.addsBos();
        // The tokenizer makes nothing of nothing; a model can still begin by itself.
        return input.isEmpty() && begins ? new int[] {tokenizer.bosId()} : tokenizer.encode(input, begins);
    }

    private String input(Console console) {
        String input = console.readInput();
        return raw ? input : withoutLastLineBreak(input);
    }

    /** {@return the text less the line break that editors and {@code echo} put at its end} */
    static String withoutLastLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
