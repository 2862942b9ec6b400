package dev.sirocco.cli;

import java.util.function.UnaryOperator;

/** Joins lines of which all but the last end in a backslash. */
final class ContinuedLines {
    private static final String CONTINUATION_PROMPT = "… ";

    private ContinuedLines() {}

    /**
     * {@return the text, null at the end of the input}
     *
     * @param reader gives the next line for a prompt, null at the end
     */
    static String join(UnaryOperator<String> reader, String prompt) {
        String line = reader.apply(prompt);
        if (line == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        while (line != null && line.endsWith("\\")) {
            text.append(line, 0, line.length() - 1).append('\n');
            line = reader.apply(CONTINUATION_PROMPT);
        }
        return text.append(line == null ? "" : line).toString();
    }
}
