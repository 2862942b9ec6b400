package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes {@code tokenizer.model} for a test vocabulary, as the format is described. */
public final class SentencePieceBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] of(TestVocabulary vocabulary) {
        SentencePieceBytes model = new SentencePieceBytes();
        for (TestVocabulary.Token token : vocabulary.tokens) {
            model.piece(token.piece(), token.score(), token.type().ordinal() + 1);
        }
        return model.settings();
    }

    /** {@return the same vocabulary as a model file has} */
    public static byte[] of(GgufMetadata metadata) {
        List<String> pieces = metadata.getStrings("tokenizer.ggml.tokens");
        float[] scores = metadata.getFloats("tokenizer.ggml.scores");
        int[] types = metadata.getInts("tokenizer.ggml.token_type");
        SentencePieceBytes model = new SentencePieceBytes();
        for (int id = 0; id < scores.length; id++) {
            model.piece(pieces.get(id), scores[id], types[id]);
        }
        return model.settings();
    }

    private void piece(String text, float score, int type) {
        SentencePieceBytes piece = new SentencePieceBytes()
                .bytes(1, text.getBytes(StandardCharsets.UTF_8))
                .real(2, score);
        if (type != 1) {
            piece.integer(3, type);
        }
        bytes(1, piece.toByteArray());
    }

    private byte[] settings() {
        bytes(
                2,
                new SentencePieceBytes()
                        .integer(3, 2)
                        .integer(35, 1)
                        .integer(40, 0)
                        .toByteArray());
        bytes(
                3,
                new SentencePieceBytes()
                        .bytes(1, "identity".getBytes(StandardCharsets.UTF_8))
                        .bytes(2, new byte[0])
                        .integer(3, 1)
                        .integer(4, 0)
                        .integer(5, 1)
                        .toByteArray());
        return toByteArray();
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
