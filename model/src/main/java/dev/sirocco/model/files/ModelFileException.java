package dev.sirocco.model.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A model's file cannot be read, or not be written. The message is one line: the file, what is wrong, where, and the
 * remedy if there is one. Input and output errors come as the cause.
 */
public class ModelFileException extends RuntimeException {
    private static final int SHOWN_CHARS = 80;

    private final Path file;

    /**
     * @param problem one line without the file's name; what comes from a file in it is {@linkplain #quote quoted}
     */
    public ModelFileException(Path file, String problem) {
        this(file, problem, null);
    }

    public ModelFileException(Path file, String problem, Throwable cause) {
        super(printable(file.toString(), Integer.MAX_VALUE) + ": " + problem, cause);
        this.file = file;
    }

    /** {@return the file that the message is about} */
    public final Path file() {
        return file;
    }

    /** {@return a name taken from a file, in quotes, safe to print on one line of bounded length} */
    public static String quote(String name) {
        return "'" + printable(name, SHOWN_CHARS) + "'";
    }

    /** {@return why a file cannot be opened, in words} */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "may not be read by this user; change its permissions";
            case FileAlreadyExistsException _ -> "exists already";
            default -> "cannot be read: " + printable(String.valueOf(e.getMessage()), 2 * SHOWN_CHARS);
        };
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
