package dev.sirocco.model.tokenizer;

/**
 * Decodes a run of bytes one by one. A byte that begins no valid character becomes U+FFFD by itself, and decoding goes
 * on at the next one, as in SentencePiece; Java's own decoders replace several bytes at once.
 */
final class Utf8Run {
    private static final int MAX_LENGTH = 4;

    /** The bytes of a character that is not complete; at most three between calls. */
    private final byte[] held = new byte[MAX_LENGTH];

    private int count;

    /** Adds a byte and appends what it completes. */
    void add(byte value, StringBuilder text) {
        held[count++] = value;
        decode(text, false);
    }

    /** Ends the run: what is held is not going to be completed. */
    void end(StringBuilder text) {
        decode(text, true);
    }

    private void decode(StringBuilder text, boolean atEnd) {
        while (count > 0) {
            int length = length(held[0]);
            if (length > 0 && count < length && !atEnd && trails(count)) {
                return;
            }
            int codePoint = length > 0 && count >= length && trails(length) ? codePoint(length) : -1;
            boolean valid = codePoint >= 0;
            text.appendCodePoint(valid ? codePoint : 0xfffd);
            drop(valid ? length : 1);
        }
    }

    /** {@return the number of bytes in the character that this byte begins, 0 when it begins none} */
    private static int length(byte lead) {
        int value = Byte.toUnsignedInt(lead);
        if (value < 0x80) {
            return 1;
        } else if (value < 0xc0) {
            return 0;
        } else if (value < 0xe0) {
            return 2;
        } else if (value < 0xf0) {
            return 3;
        }
        return value < 0xf8 ? 4 : 0;
    }

    /** {@return whether the held bytes from the second up to {@code to} continue a character} */
    private boolean trails(int to) {
        for (int i = 1; i < to; i++) {
            if ((held[i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /** {@return the character of the first {@code length} bytes, -1 when it is none or could be spelt shorter} */
    private int codePoint(int length) {
        if (length == 1) {
            return held[0];
        }
        int codePoint = held[0] & 0x7f >> length;
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | held[i] & 0x3f;
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint < least || surrogate || !Character.isValidCodePoint(codePoint) ? -1 : codePoint;
    }

    private void drop(int bytes) {
        count -= bytes;
        System.arraycopy(held, bytes, held, 0, count);
    }
}
