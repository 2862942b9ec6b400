package dev.sirocco.model.chat;

import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The layout in which models for code were trained to fill a gap: first what follows it, then what comes before, which
 * the model continues. Source: {@code encode_fim} of mistral-common.
 */
public final class FillInTheMiddle {
    /** Stands in front of what follows the gap while it is encoded, so that nothing is put in front of that. */
    private static final String GUARD = "☺";

    private FillInTheMiddle() {}

    /**
     * {@return the ids that a model sees}
     *
     * @param prefix what is before the gap
     * @param suffix what is after it
     * @throws ChatException when the vocabulary lacks the control tokens
     */
    public static int[] encode(Tokenizer tokenizer, String prefix, String suffix) {
        TokenWriter out = new TokenWriter(tokenizer).begin().control(ControlToken.SUFFIX);
        int[] guarded = tokenizer.encode(GUARD + suffix, false);
        int guard = tokenizer.encode(GUARD, false).length;
        if (!suffix.isEmpty()) {
            out.tokens(Arrays.stream(guarded).skip(guard).boxed().toList());
        }
        return out.control(ControlToken.PREFIX).text(prefix).toArray();
    }
}
