package dev.sirocco.model.tokenizer;

import java.util.Arrays;

/**
 * The alphabet in which byte-level vocabularies are written down: a printable character for each byte. Printable ones
 * of Latin-1 stand for themselves, the other bytes, in order, for the characters from U+0100 on. Source: {@code
 * bytes_to_unicode} of GPT-2.
 *
 * <p>Inside this package such a token is spelt with the characters U+0000 to U+00FF, one a byte.
 */
final class ByteAlphabet {
    private static final int BYTES = 256;
    private static final char[] CHARACTERS = new char[BYTES];
    /** By character: the byte, or -1. */
    private static final short[] VALUES = new short[2 * BYTES];

    static {
        Arrays.fill(VALUES, (short) -1);
        char next = BYTES;
        for (int value = 0; value < BYTES; value++) {
            boolean printable = value >= '!' && value <= '~' || value >= 0xa1 && value <= 0xac || value >= 0xae;
            CHARACTERS[value] = printable ? (char) value : next++;
            VALUES[CHARACTERS[value]] = (short) value;
        }
    }

    private ByteAlphabet() {}

    /** {@return the bytes as characters U+0000 to U+00FF, or null when the text is not written in the alphabet} */
    static String decode(String text) {
        char[] bytes = new char[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0) {
                return null;
            }
            bytes[i] = (char) VALUES[c];
        }
        return new String(bytes);
    }

    /** {@return the bytes, given as characters U+0000 to U+00FF, in the alphabet} */
    static String encode(String bytes) {
        char[] text = new char[bytes.length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = CHARACTERS[bytes.charAt(i)];
        }
        return new String(text);
    }
}
