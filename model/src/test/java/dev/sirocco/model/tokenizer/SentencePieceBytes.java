package dev.sirocco.model.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes {@code tokenizer.model} for a test vocabulary, as the format is described. */
final class SentencePieceBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] of(TestVocabulary vocabulary) {
        SentencePieceBytes model = new SentencePieceBytes();
        for (TestVocabulary.Token token : vocabulary.tokens) {
            SentencePieceBytes piece = new SentencePieceBytes()
                    .bytes(1, token.piece().getBytes(StandardCharsets.UTF_8))
                    .real(2, token.score());
            if (token.type() != TokenType.NORMAL) {
                piece.integer(3, token.type().ordinal() + 1);
            }
            model.bytes(1, piece.out.toByteArray());
        }
        model.bytes(
                2,
                new SentencePieceBytes()
                        .integer(3, 2)
                        .integer(35, 1)
                        .integer(40, 0)
                        .out
                        .toByteArray());
        model.bytes(
                3,
                new SentencePieceBytes()
                        .bytes(1, "identity".getBytes(StandardCharsets.UTF_8))
                        .bytes(2, new byte[0])
                        .integer(3, 1)
                        .integer(4, 0)
                        .integer(5, 1)
                        .out
                        .toByteArray());
        return model.out.toByteArray();
    }

    SentencePieceBytes integer(int field, long value) {
        varint((long) field << 3);
        return varint(value);
    }

    SentencePieceBytes real(int field, float value) {
        varint((long) field << 3 | 5);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    SentencePieceBytes bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    private SentencePieceBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }
}
