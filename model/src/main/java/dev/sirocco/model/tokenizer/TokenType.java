package dev.sirocco.model.tokenizer;

/** What a token of a SentencePiece vocabulary is, numbered from 1 as in {@code tokenizer.ggml.token_type}. */
enum TokenType {
    /** A piece of text, made by merging. */
    NORMAL,
    /** Stands for text that the vocabulary cannot spell. */
    UNKNOWN,
    /** Steers the model; never made from text. */
    CONTROL,
    /** A piece of text that is found before anything is merged, and is never cut. */
    USER_DEFINED,
    /** A step on the way to larger pieces, that is cut into its parts again when it is left over. */
    UNUSED,
    /** One byte of a character that no piece spells. */
    BYTE;

    /** {@return whether text can become a token of this type by its spelling} */
    boolean spellsText() {
        return this == NORMAL || this == USER_DEFINED || this == UNUSED;
    }
}
