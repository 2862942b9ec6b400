package uk.ac.manchester.tornado.api.exceptions;

/** A task is not acceptable to its graph. */
public class TornadoTaskRuntimeException extends RuntimeException {
    public TornadoTaskRuntimeException(String msg) {
        super(msg);
    }

    public TornadoTaskRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
