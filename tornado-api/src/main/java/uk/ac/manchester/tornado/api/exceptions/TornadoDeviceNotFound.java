package uk.ac.manchester.tornado.api.exceptions;

/** There is no device of the index asked for. */
public class TornadoDeviceNotFound extends TornadoRuntimeException {
    public TornadoDeviceNotFound(String msg) {
        super(msg);
    }
}
