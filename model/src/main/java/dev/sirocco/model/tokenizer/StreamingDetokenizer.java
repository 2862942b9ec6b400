package dev.sirocco.model.tokenizer;

/**
 * Turns tokens into text as they come. What the calls return, joined, is what {@link Tokenizer#decode} returns for all
 * the tokens. A character that several tokens spell byte by byte is held back until it is complete.
 *
 * <p>Belongs to one stream; not safe for use by several threads.
 */
public interface StreamingDetokenizer {
    /**
     * {@return the text that this token completes, perhaps empty}
     *
     * @throws IllegalArgumentException when the id is not in the vocabulary
     */
    String accept(int id);

    /** {@return what was held back, at the end of the stream; the detokenizer is then as new} */
    String finish();
}
