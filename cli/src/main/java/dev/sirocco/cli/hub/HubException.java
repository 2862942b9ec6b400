package dev.sirocco.cli.hub;

/** A model cannot be had from the hub. The message is one line: which, why, and what to do. */
public final class HubException extends RuntimeException {
    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
