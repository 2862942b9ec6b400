package uk.ac.manchester.tornado.api.exceptions;

/** An array does not fit the memory of its device. */
public class TornadoMemoryException extends RuntimeException {
    public TornadoMemoryException(String msg) {
        super(msg);
    }
}
