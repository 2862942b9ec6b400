package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a vocabulary token by token, and gives it out as the keys of a GGUF file. */
final class TokenizerKeys {
    /** A key of this project's: GGUF has none for it. */
    static final String VERSION = "tokenizer.mistral.version";

    private final Map<String, GgufValue> keys = new LinkedHashMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Float> scores = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    /** @param model {@code llama} for SentencePiece, {@code gpt2} for Tekken */
    TokenizerKeys(String model) {
        put("model", GgufValue.of(model));
    }

    TokenizerKeys put(String key, GgufValue value) {
        keys.put(Vocabulary.PREFIX + key, value);
        return this;
    }

    /** Says for which version of Mistral's templates the vocabulary was made, {@code v3} for example. */
    void version(String version) {
        keys.put(VERSION, GgufValue.of(version));
    }

    void add(String token, float score, TokenType type) {
        tokens.add(token);
        scores.add(score);
        types.add(type.ordinal() + 1);
    }

    int size() {
        return tokens.size();
    }

    /** {@return the first token that is spelt like this, or the fallback} */
    int idOf(String token, int fallback) {
        int id = tokens.indexOf(token);
        return id < 0 ? fallback : id;
    }

    /** Names the tokens that begin and end a sequence, and the one for what cannot be spelt. */
    TokenizerKeys special(long bos, long eos, long unknown) {
        put("bos_token_id", GgufValue.u32(bos)).put("eos_token_id", GgufValue.u32(eos));
        return put("unknown_token_id", GgufValue.u32(unknown));
    }

    /** {@return the keys, with scores where the vocabulary has them} */
    Map<String, GgufValue> build(boolean withScores) {
        put("tokens", GgufValue.strings(tokens));
        if (withScores) {
            float[] values = new float[scores.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = scores.get(i);
            }
            put("scores", GgufValue.f32s(values));
        }
        put(
                "token_type",
                GgufValue.i32s(types.stream().mapToInt(Integer::intValue).toArray()));
        return keys;
    }
}
