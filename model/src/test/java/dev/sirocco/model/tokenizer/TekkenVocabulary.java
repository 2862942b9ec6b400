package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A vocabulary of Tekken's kind: special tokens, the 256 bytes, and words made by merging in the order given. */
final class TekkenVocabulary {
    static final int SPECIAL = 24;
    static final List<String> NAMES = List.of(
            "<unk>",
            "<s>",
            "</s>",
            "[INST]",
            "[/INST]",
            "[AVAILABLE_TOOLS]",
            "[/AVAILABLE_TOOLS]",
            "[TOOL_RESULTS]",
            "[/TOOL_RESULTS]",
            "[TOOL_CALLS]",
            "[IMG]",
            "<pad>",
            "[IMG_BREAK]",
            "[IMG_END]",
            "[PREFIX]",
            "[MIDDLE]",
            "[SUFFIX]",
            "[SYSTEM_PROMPT]",
            "[/SYSTEM_PROMPT]",
            "[TOOL_CONTENT]",
            "[ARGS]",
            "[CALL_ID]",
            "[THINK]",
            "[/THINK]");

    /** By rank, each byte as the character of that number. */
    final List<String> words = new ArrayList<>();

    TekkenVocabulary() {
        for (int value = 0; value < 256; value++) {
            words.add(String.valueOf((char) value));
        }
    }

    static TekkenVocabulary english() {
        TekkenVocabulary vocabulary = new TekkenVocabulary();
        for (String word : " t,he,in, a,re,on,er, the,nd,st,or, w, s, wi, win, wind, st, stor, storm,Th,The,é,  ,\n\n"
                .split(",")) {
            vocabulary.add(word);
        }
        return vocabulary;
    }

    TekkenVocabulary add(String word) {
        words.add(latin(word));
        return this;
    }

    static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    int id(String piece) {
        return NAMES.contains(piece) ? NAMES.indexOf(piece) : SPECIAL + words.indexOf(latin(piece));
    }

    int[] ids(String... pieces) {
        return List.of(pieces).stream().mapToInt(this::id).toArray();
    }

    Tokenizer tokenizer() {
        return Tokenizer.of(metadata());
    }

    /** {@return what a GGUF file says of it; only merges are left out, which it does not need} */
    GgufMetadata metadata() {
        List<String> tokens = new ArrayList<>(NAMES);
        words.forEach(word -> tokens.add(ByteAlphabet.encode(word)));
        int[] types = new int[tokens.size()];
        for (int id = 0; id < types.length; id++) {
            types[id] = (id < SPECIAL ? TokenType.CONTROL : TokenType.NORMAL).ordinal() + 1;
        }
        Map<String, GgufValue> values = new LinkedHashMap<>();
        values.put("tokenizer.ggml.model", GgufValue.of("gpt2"));
        values.put("tokenizer.ggml.pre", GgufValue.of("tekken"));
        values.put("tokenizer.ggml.tokens", GgufValue.strings(tokens));
        values.put("tokenizer.ggml.token_type", GgufValue.i32s(types));
        return TestVocabulary.metadata(values);
    }

    /** {@return {@code tekken.json}} */
    String json() {
        StringBuilder json = new StringBuilder("{\"config\": {\"pattern\": \"")
                .append(TekkenWords.PATTERN.replace("\\", "\\\\"))
                .append("\", \"default_vocab_size\": ")
                .append(SPECIAL + words.size())
                .append(", \"default_num_special_tokens\": ")
                .append(SPECIAL)
                .append(", \"version\": \"v13\"},\n\"vocab\": [");
        for (int rank = 0; rank < words.size(); rank++) {
            byte[] bytes = words.get(rank).getBytes(StandardCharsets.ISO_8859_1);
            json.append(rank == 0 ? "" : ",\n")
                    .append("{\"rank\": ")
                    .append(rank)
                    .append(", \"token_bytes\": \"")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append("\", \"token_str\": null}");
        }
        json.append("],\n\"special_tokens\": [");
        for (int id = 0; id < SPECIAL; id++) {
            json.append(id == 0 ? "" : ",\n")
                    .append("{\"rank\": ")
                    .append(id)
                    .append(", \"token_str\": \"")
                    .append(NAMES.get(id))
                    .append("\", \"is_control\": true}");
        }
        return json.append("]}").toString();
    }
}
