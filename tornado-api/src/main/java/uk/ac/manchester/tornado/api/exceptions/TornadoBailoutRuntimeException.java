package uk.ac.manchester.tornado.api.exceptions;

/** A kernel cannot be compiled for its device; the message names kernel, source line and reason. */
public class TornadoBailoutRuntimeException extends RuntimeException {
    public TornadoBailoutRuntimeException(String msg) {
        super(msg);
    }

    public TornadoBailoutRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
