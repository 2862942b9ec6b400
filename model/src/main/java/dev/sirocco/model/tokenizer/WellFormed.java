package dev.sirocco.model.tokenizer;

/** Text without unpaired surrogates, which no encoding of Unicode can express. */
final class WellFormed {
    private static final char REPLACEMENT = '\ufffd';

    private WellFormed() {}

    /** {@return the text with each unpaired surrogate replaced by U+FFFD} */
    static String text(String text) {
        int from = nextUnpaired(text, 0);
        if (from == text.length()) {
            return text;
        }
        StringBuilder sound = new StringBuilder(text);
        for (int at = from; at < text.length(); at = nextUnpaired(text, at + 1)) {
            sound.setCharAt(at, REPLACEMENT);
        }
        return sound.toString();
    }

    private static int nextUnpaired(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }
}
