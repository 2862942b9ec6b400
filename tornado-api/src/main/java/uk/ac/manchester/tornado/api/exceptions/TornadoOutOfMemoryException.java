package uk.ac.manchester.tornado.api.exceptions;

/** Memory for an array could not be allocated. */
public class TornadoOutOfMemoryException extends RuntimeException {
    public TornadoOutOfMemoryException(String msg) {
        super(msg);
    }
}
