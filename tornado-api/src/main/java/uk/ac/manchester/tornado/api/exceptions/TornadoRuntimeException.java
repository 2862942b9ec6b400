package uk.ac.manchester.tornado.api.exceptions;

/** A task graph or plan was used wrongly, or the runtime failed. */
public class TornadoRuntimeException extends RuntimeException {
    public TornadoRuntimeException(String msg) {
        super(msg);
    }

    public TornadoRuntimeException(Exception e) {
        super(e);
    }
}
