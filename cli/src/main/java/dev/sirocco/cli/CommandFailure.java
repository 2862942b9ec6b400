package dev.sirocco.cli;

/** A command failed for a reason that its user can do something about. */
final class CommandFailure extends RuntimeException {
    /** @param message one line: the file or option, what is wrong; what to do */
    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
