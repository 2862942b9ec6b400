package uk.ac.manchester.tornado.api.exceptions;

/** There is no backend of the index asked for. */
public class TornadoBackendNotFound extends TornadoRuntimeException {
    public TornadoBackendNotFound(String msg) {
        super(msg);
    }
}
