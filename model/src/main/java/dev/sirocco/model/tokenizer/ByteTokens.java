package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import java.util.Arrays;

/** The tokens of a SentencePiece vocabulary that stand for single bytes: all 256, or none. */
final class ByteTokens {
    private static final int BYTES = 256;

    private final Vocabulary vocabulary;
    /** The id that stands for each byte, or null when characters outside the vocabulary become unknown tokens. */
    private final int[] ids;

    ByteTokens(Vocabulary vocabulary, GgufMetadata metadata) {
        this.vocabulary = vocabulary;
        int[] found = new int[BYTES];
        Arrays.fill(found, -1);
        int count = 0;
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.type(id) == TokenType.BYTE) {
                int value = byteOf(vocabulary.piece(id));
                if (value < 0 || found[value] >= 0) {
                    throw metadata.problem(
                            "token " + id + " is of type byte, but is not spelt <0x00> to <0xFF>, each once");
                }
                found[value] = id;
                count++;
            }
        }
        if (count != 0 && count != BYTES) {
            throw metadata.problem("the vocabulary has " + count + " byte tokens; it must have none or " + BYTES);
        }
        ids = count == 0 ? null : found;
    }

    /** {@return the value of a spelling {@code <0xE2>}, -1 when it is none} */
    static int byteOf(String piece) {
        if (piece.length() != 6 || !piece.startsWith("<0x") || !piece.endsWith(">")) {
            return -1;
        }
        int high = Character.digit(piece.charAt(3), 16);
        int low = Character.digit(piece.charAt(4), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    boolean exist() {
        return ids != null;
    }

    /** {@return the token of a byte, when they {@link #exist}} */
    int idOf(byte value) {
        return ids[Byte.toUnsignedInt(value)];
    }

    /** {@return the value of a token of type {@code BYTE}} */
    byte value(int id) {
        return (byte) byteOf(vocabulary.piece(id));
    }
}
