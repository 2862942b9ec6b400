package dev.sirocco.model.tokenizer;

/**
 * Decodes as SentencePiece does: the space that encoding puts in front of a text is taken off its first piece, and only
 * if no text has come before; bytes form characters within an unbroken run of byte tokens. Source: {@code Decode} in
 * {@code sentencepiece_processor.cc}.
 */
final class SentencePieceDetokenizer implements StreamingDetokenizer {
    private final Vocabulary vocabulary;
    private final ByteTokens byteTokens;
    private final boolean addsSpacePrefix;
    private final Utf8Run bytes = new Utf8Run();
    private boolean atStart;

    SentencePieceDetokenizer(Vocabulary vocabulary, ByteTokens byteTokens, boolean addsSpacePrefix) {
        this.vocabulary = vocabulary;
        this.byteTokens = byteTokens;
        this.addsSpacePrefix = addsSpacePrefix;
        this.atStart = addsSpacePrefix;
    }

    @Override
    public String accept(int id) {
        TokenType type = vocabulary.type(vocabulary.check(id));
        StringBuilder text = new StringBuilder();
        if (type == TokenType.BYTE) {
            // Held back or not, a byte is text: a space that follows it belongs to the text, too.
            atStart = false;
            bytes.add(byteTokens.value(id), text);
            return text.toString();
        }
        bytes.end(text);
        String piece = switch (type) {
            case NORMAL, USER_DEFINED, UNUSED -> vocabulary.piece(id);
            case UNKNOWN -> SentencePieceTokenizer.UNKNOWN_TEXT;
            case CONTROL, BYTE -> "";
        };
        if (!piece.isEmpty()) {
            boolean dropsSpace = atStart && piece.charAt(0) == SentencePieceTokenizer.SPACE;
            text.append(piece.replace(SentencePieceTokenizer.SPACE, ' '), dropsSpace ? 1 : 0, piece.length());
            atStart = false;
        }
        return text.toString();
    }

    @Override
    public String finish() {
        StringBuilder text = new StringBuilder();
        bytes.end(text);
        atStart = addsSpacePrefix;
        return text.toString();
    }
}
