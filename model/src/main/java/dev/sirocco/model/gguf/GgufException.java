package dev.sirocco.model.gguf;

import java.nio.file.Path;

/**
 * A GGUF file cannot be read, or not be written. The message is one line: the file, what is wrong, where, and the
 * remedy if there is one. Input and output errors come as the cause.
 */
public final class GgufException extends RuntimeException {
    private static final int SHOWN_CHARS = 80;

    private final Path file;

    GgufException(Path file, String problem) {
        this(file, problem, null);
    }

    GgufException(Path file, String problem, Throwable cause) {
        super(printable(file.toString(), Integer.MAX_VALUE) + ": " + problem, cause);
        this.file = file;
    }

    /** {@return the file that the message is about} */
    public Path file() {
        return file;
    }

    /** {@return a name taken from a file, in quotes, safe to print on one line of bounded length} */
    public static String quote(String name) {
        return "'" + printable(name, SHOWN_CHARS) + "'";
    }

    private static String printable(String text, int maxChars) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i == maxChars) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
