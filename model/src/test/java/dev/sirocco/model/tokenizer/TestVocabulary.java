package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a vocabulary together and reads it back from a file. It begins with {@code <unk> <s> </s>}, as Mistral's do. */
final class TestVocabulary {
    record Token(String piece, float score, TokenType type) {}

    final List<Token> tokens = new ArrayList<>();
    private final Map<String, GgufValue> others = new LinkedHashMap<>();

    TestVocabulary() {
        add("<unk>", 0, TokenType.UNKNOWN);
        add("<s>", 0, TokenType.CONTROL);
        add("</s>", 0, TokenType.CONTROL);
    }

    /** {@return a small vocabulary of English with bytes, whose ids are 0-2, 3-258 for bytes, 259 and up} */
    static TestVocabulary english() {
        TestVocabulary vocabulary = new TestVocabulary().bytes();
        String pieces = "▁▁ ▁t he in ▁a re on er ▁the nd st or ▁w ▁s ▁wi ▁win ▁wind ▁sto ▁storm ▁w▁ wind wi win";
        for (String piece : pieces.split(" ")) {
            vocabulary.normal(piece);
        }
        for (char letter : "▁abcdefghijklmnopqrstuvwxyz.,é".toCharArray()) {
            vocabulary.normal(String.valueOf(letter));
        }
        return vocabulary;
    }

    TestVocabulary add(String piece, float score, TokenType type) {
        tokens.add(new Token(piece, score, type));
        return this;
    }

    /** Adds a piece that scores less than all before it, as training gives them out. */
    TestVocabulary normal(String piece) {
        return add(piece, -tokens.size(), TokenType.NORMAL);
    }

    TestVocabulary bytes() {
        for (int value = 0; value < 256; value++) {
            add(String.format("<0x%02X>", value), 0, TokenType.BYTE);
        }
        return this;
    }

    TestVocabulary put(String key, GgufValue value) {
        others.put("tokenizer.ggml." + key, value);
        return this;
    }

    int id(String piece) {
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.get(id).piece().equals(piece)) {
                return id;
            }
        }
        throw new AssertionError(piece);
    }

    int[] ids(String... pieces) {
        return List.of(pieces).stream().mapToInt(this::id).toArray();
    }

    Tokenizer tokenizer() {
        return Tokenizer.of(metadata());
    }

    GgufMetadata metadata() {
        float[] scores = new float[tokens.size()];
        int[] types = new int[tokens.size()];
        for (int id = 0; id < scores.length; id++) {
            scores[id] = tokens.get(id).score();
            types[id] = tokens.get(id).type().ordinal() + 1;
        }
        Map<String, GgufValue> values = new LinkedHashMap<>();
        values.put("tokenizer.ggml.model", GgufValue.of("llama"));
        values.put(
                "tokenizer.ggml.tokens",
                GgufValue.strings(tokens.stream().map(Token::piece).toList()));
        values.put("tokenizer.ggml.scores", GgufValue.f32s(scores));
        values.put("tokenizer.ggml.token_type", GgufValue.i32s(types));
        values.putAll(others);
        return metadata(values);
    }

    /** {@return what a file with these keys gives; those that are null are left out} */
    static GgufMetadata metadata(Map<String, GgufValue> values) {
        try {
            Path path = Files.createTempFile("vocabulary", ".gguf");
            try {
                GgufWriter writer = new GgufWriter();
                values.forEach((key, value) -> {
                    if (value != null) {
                        writer.put(key, value);
                    }
                });
                writer.write(path);
                try (GgufFile file = GgufFile.open(path)) {
                    return file.metadata();
                }
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
