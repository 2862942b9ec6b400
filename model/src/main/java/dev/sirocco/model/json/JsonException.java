package dev.sirocco.model.json;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;

/** A text is not JSON. The message is part of a line: what is wrong, and where. */
public final class JsonException extends RuntimeException {
    private static final int SHOWN_CHARS = 160;

    JsonException(String problem) {
        super(problem);
    }

    JsonException(IOException cause) {
        super(describe(cause), cause);
    }

    private static String describe(IOException cause) {
        if (!(cause instanceof JacksonException problem)) {
            return cause.getMessage();
        }
        String text = String.valueOf(problem.getOriginalMessage()).replaceAll("\\s+", " ");
        String shown = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
        return problem.getLocation() == null
                ? shown
                : shown + ", at line " + problem.getLocation().getLineNr() + ", column "
                        + problem.getLocation().getColumnNr();
    }
}
