package dev.sirocco.cli.sdk;

/** No TornadoVM SDK can be started; the message is one line and says what to do. */
public final class SdkException extends RuntimeException {
    public SdkException(String message) {
        super(message);
    }

    public SdkException(String message, Throwable cause) {
        super(message, cause);
    }
}
