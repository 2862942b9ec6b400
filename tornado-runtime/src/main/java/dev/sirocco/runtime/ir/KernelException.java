package dev.sirocco.runtime.ir;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A kernel uses something that the embedded runtime does not support; the message names kernel, line and reason. */
public final class KernelException extends TornadoRuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param kernel the method, as {@code Class.method}
     * @param line   its source line, or 0 when unknown
     * @param reason what is not supported and what to write instead
     */
    public KernelException(String kernel, int line, String reason) {
        super("kernel " + kernel + (line > 0 ? " (line " + line + ")" : "") + ": " + reason);
    }
}
