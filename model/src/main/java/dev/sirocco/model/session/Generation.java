package dev.sirocco.model.session;

import java.util.List;
import java.util.Objects;

/**
 * What was generated.
 *
 * @param tokens          generated ids, without the end-of-sequence token
 * @param text            their text as it continues the prompt's: the two joined are the text of all tokens
 * @param stopReason      why there are no more
 * @param promptTokens    tokens of the prompt
 * @param promptNanos     time from the call to the first logits
 * @param generationNanos time from the first logits to the end
 */
public record Generation(
        List<Integer> tokens,
        String text,
        StopReason stopReason,
        int promptTokens,
        long promptNanos,
        long generationNanos) {
    public Generation {
        tokens = List.copyOf(tokens);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(stopReason, "stopReason");
    }

    /** Why a generation ended. */
    public enum StopReason {
        /** The model chose its end-of-sequence token. */
        END_OF_SEQUENCE,
        /** As many tokens as were asked for. */
        MAX_TOKENS,
        /** The context has no room for another token. */
        CONTEXT_FULL,
        /** The listener did not want to go on. */
        CANCELLED
    }
}
