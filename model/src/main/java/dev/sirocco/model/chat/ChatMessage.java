package dev.sirocco.model.chat;

import java.util.List;
import java.util.stream.Collectors;

/** One message of a conversation. */
public sealed interface ChatMessage {
    /** Part of what a message says. */
    sealed interface Chunk {}

    /** Plain text. */
    record Text(String text) implements Chunk {}

    /** A thought, which comes before an answer. @param closed whether it has come to its end */
    record Thought(String text, boolean closed) implements Chunk {}

    /** What the model is told before everything else. */
    record System(List<Chunk> content) implements ChatMessage {
        public System {
            content = List.copyOf(content);
        }
    }

    /** What a person says. */
    record User(String content) implements ChatMessage {}

    /**
     * What the model says.
     *
     * @param content text, and thoughts before it
     * @param calls   functions that it wants called
     * @param tokens  the ids that it said this with, where that is known: they are taken in place of the content and
     *                calls, whose encoding may be another; without the token that ends an answer
     */
    record Assistant(List<Chunk> content, List<ToolCall> calls, List<Integer> tokens) implements ChatMessage {
        public Assistant {
            content = List.copyOf(content);
            calls = List.copyOf(calls);
            tokens = List.copyOf(tokens);
        }

        public Assistant(String content) {
            this(chunks(content), List.of(), List.of());
        }

        /** {@return whether there is nothing to read and nothing to call: templates cannot express such a message} */
        public boolean isEmpty() {
            return calls.isEmpty() && text().isBlank() && thoughts().isBlank();
        }

        /** {@return the text without the thoughts} */
        public String text() {
            return content.stream()
                    .filter(Text.class::isInstance)
                    .map(chunk -> ((Text) chunk).text())
                    .collect(Collectors.joining("\n\n"));
        }

        /** {@return the thoughts without the text} */
        public String thoughts() {
            return content.stream()
                    .filter(Thought.class::isInstance)
                    .map(chunk -> ((Thought) chunk).text())
                    .collect(Collectors.joining("\n\n"));
        }
    }

    /**
     * What a function gave.
     *
     * @param callId of the call
     * @param name   of the function
     */
    record ToolResult(String callId, String name, String content) implements ChatMessage {}

    /** {@return the text as a message's content; of nothing, nothing} */
    static List<Chunk> chunks(String text) {
        return text.isEmpty() ? List.of() : List.of(new Text(text));
    }
}
