package dev.sirocco.model.chat;

/** A conversation cannot be laid out. The message is part of a line: what is wrong, and what to do. */
public final class ChatException extends RuntimeException {
    ChatException(String problem) {
        super(problem);
    }
}
