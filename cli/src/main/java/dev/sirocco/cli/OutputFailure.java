package dev.sirocco.cli;

import java.io.IOException;

/** Standard output cannot be written. */
final class OutputFailure extends RuntimeException {
    OutputFailure(IOException cause) {
        super("standard output: cannot be written: " + cause.getMessage(), cause);
    }

    /** {@return whether the reader has closed its end, having read all it wanted} */
    boolean readerIsGone() {
        String reason = String.valueOf(getCause().getMessage());
        return reason.contains("Broken pipe") || reason.contains("pipe is being closed");
    }
}
