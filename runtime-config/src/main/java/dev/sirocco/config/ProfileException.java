package dev.sirocco.config;

/** A profile cannot be used. The message is one line: file, line, key, what is wrong, what is possible instead. */
public final class ProfileException extends RuntimeException {
    ProfileException(String message) {
        super(message);
    }

    ProfileException(String message, Throwable cause) {
        super(message, cause);
    }
}
