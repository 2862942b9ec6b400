package dev.sirocco.model.session;

/** A sequence does not fit the context, or the context not the machine. The message is one line with the remedy. */
public final class ContextException extends RuntimeException {
    /** @param problem one line: what does not fit, and the remedy */
    public ContextException(String problem) {
        super(problem);
    }
}
