package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Vocabularies made for tests: pieces with scores and types, written to a model file and read back as a tokenizer. */
final class Vocabularies {
    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int BYTE = 6;

    final List<String> pieces = new ArrayList<>();
    final List<Float> scores = new ArrayList<>();
    final List<Integer> types = new ArrayList<>();
    boolean spacePrefix = true;

    void add(String piece, float score, int type) {
        pieces.add(piece);
        scores.add(score);
        types.add(type);
    }

    /** {@return unk, bos, eos and, if asked, a token for each byte} */
    static Vocabularies base(boolean bytes) {
        Vocabularies made = new Vocabularies();
        made.add("<unk>", 0, UNKNOWN);
        made.add("<s>", 0, CONTROL);
        made.add("</s>", 0, CONTROL);
        for (int b = 0; bytes && b < 256; b++) {
            made.add(String.format("<0x%02X>", b), 0, BYTE);
        }
        return made;
    }

    /** {@return a base with all characters of an alphabet and random longer pieces; scores tie now and then} */
    static Vocabularies random(Random random, String alphabet, boolean bytes) {
        Vocabularies made = base(bytes);
        Set<String> longer = new LinkedHashSet<>();
        int[] letters = alphabet.codePoints().toArray();
        for (int i = 0; i < 40; i++) {
            StringBuilder piece = new StringBuilder();
            for (int length = 1 + random.nextInt(5); length > 0; length--) {
                piece.appendCodePoint(letters[random.nextInt(letters.length)]);
            }
            longer.add(piece.toString());
        }
        for (int letter : letters) {
            longer.add(Character.toString(letter));
        }
        longer.forEach(piece -> made.add(piece, -random.nextInt(12), NORMAL));
        return made;
    }

    Tokenizer tokenizer() {
        float[] scoreArray = new float[scores.size()];
        for (int i = 0; i < scoreArray.length; i++) {
            scoreArray[i] = scores.get(i);
        }
        try {
            Path file = Files.createTempFile("vocabulary", ".gguf");
            Files.delete(file);
            new GgufWriter()
                    .put("tokenizer.ggml.model", GgufValue.of("llama"))
                    .put("tokenizer.ggml.tokens", GgufValue.strings(pieces))
                    .put("tokenizer.ggml.scores", GgufValue.f32s(scoreArray))
                    .put(
                            "tokenizer.ggml.token_type",
                            GgufValue.i32s(
                                    types.stream().mapToInt(Integer::intValue).toArray()))
                    .put("tokenizer.ggml.add_space_prefix", GgufValue.of(spacePrefix))
                    .write(file);
            try (GgufFile gguf = GgufFile.open(file)) {
                return Tokenizer.of(gguf.metadata());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Byte-pair encoding as its definition says it, in quadratic time: the best pair is searched anew at every step. */
    int[] encodeNaively(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String normal = (spacePrefix ? "▁" : "") + text.replace(' ', '▁');
        List<String> parts = new ArrayList<>();
        normal.codePoints().forEach(c -> parts.add(Character.toString(c)));
        while (true) {
            int best = -1;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int id = normalId(parts.get(i) + parts.get(i + 1));
                if (id >= 0
                        && (best < 0 || scores.get(id) > scores.get(normalId(parts.get(best) + parts.get(best + 1))))) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        List<Integer> ids = new ArrayList<>();
        boolean afterUnknown = false;
        for (String part : parts) {
            int id = normalId(part);
            if (id >= 0) {
                ids.add(id);
            } else if (types.contains(BYTE)) {
                for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
                    ids.add(3 + (b & 0xFF));
                }
            } else if (!afterUnknown) {
                ids.add(0);
            }
            afterUnknown = id < 0;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private int normalId(String piece) {
        for (int id = 0; id < pieces.size(); id++) {
            if (types.get(id) == NORMAL && pieces.get(id).equals(piece)) {
                return id;
            }
        }
        return -1;
    }
}
