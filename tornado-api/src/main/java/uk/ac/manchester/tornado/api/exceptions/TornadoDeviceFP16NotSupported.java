package uk.ac.manchester.tornado.api.exceptions;

/** A kernel computes with 16-bit floats and its device cannot. */
public class TornadoDeviceFP16NotSupported extends RuntimeException {
    public TornadoDeviceFP16NotSupported(String msg) {
        super(msg);
    }
}
