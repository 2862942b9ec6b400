package dev.sirocco.model.tokenizer;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonPrinter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code tokenizer.json} for test vocabularies: all pairs that make a token, the best tokens first. */
final class HuggingFaceJson {
    private HuggingFaceJson() {}

    static String of(TestVocabulary vocabulary) {
        Map<String, Json> ids = new LinkedHashMap<>();
        List<Json> added = new ArrayList<>();
        List<TestVocabulary.Token> made = new ArrayList<>();
        for (TestVocabulary.Token token : vocabulary.tokens) {
            Json id = new Json.Number(Integer.toString(ids.size()));
            ids.put(token.piece(), id);
            switch (token.type()) {
                case NORMAL -> made.add(token);
                case UNKNOWN, CONTROL, USER_DEFINED ->
                    added.add(new Json.Object(Map.of(
                            "id",
                            id,
                            "content",
                            new Json.Text(token.piece()),
                            "special",
                            new Json.Bool(token.type() != TokenType.USER_DEFINED))));
                case UNUSED, BYTE -> {}
            }
        }
        made.sort(Comparator.comparingDouble(TestVocabulary.Token::score).reversed());
        List<Json> merges = new ArrayList<>();
        for (TestVocabulary.Token token : made) {
            for (int at = 1; at < token.piece().length(); at++) {
                String left = token.piece().substring(0, at);
                String right = token.piece().substring(at);
                if (ids.containsKey(left) && ids.containsKey(right)) {
                    merges.add(new Json.Text(left + " " + right));
                }
            }
        }
        Json prepend = Json.parse("{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\":"
                + " \"▁\"}, {\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"▁\"}]}");
        return print(added, prepend, new Json.Null(), true, ids, merges);
    }

    /** {@return the vocabulary as it would be for Tekken; merges are pairs, as newer files have them} */
    static String of(TekkenVocabulary vocabulary) {
        Map<String, Json> ids = new LinkedHashMap<>();
        List<Json> added = new ArrayList<>();
        for (String name : TekkenVocabulary.NAMES) {
            Json id = new Json.Number(Integer.toString(ids.size()));
            ids.put(name, id);
            added.add(
                    new Json.Object(Map.of("id", id, "content", new Json.Text(name), "special", new Json.Bool(true))));
        }
        List<Json> merges = new ArrayList<>();
        for (String word : vocabulary.words) {
            ids.put(ByteAlphabet.encode(word), new Json.Number(Integer.toString(ids.size())));
            for (int at = 1; at < word.length(); at++) {
                String left = ByteAlphabet.encode(word.substring(0, at));
                String right = ByteAlphabet.encode(word.substring(at));
                if (ids.containsKey(left) && ids.containsKey(right)) {
                    merges.add(new Json.Array(List.of(new Json.Text(left), new Json.Text(right))));
                }
            }
        }
        Json split = new Json.Object(Map.of(
                "pretokenizers",
                new Json.Array(List.of(new Json.Object(Map.of("Regex", new Json.Text(TekkenWords.PATTERN)))))));
        return print(added, new Json.Null(), split, false, ids, merges);
    }

    private static String print(
            List<Json> added,
            Json normalizer,
            Json splitter,
            boolean fallsBack,
            Map<String, Json> ids,
            List<Json> merges) {
        Map<String, Json> model = new LinkedHashMap<>();
        model.put("type", new Json.Text("BPE"));
        model.put("byte_fallback", new Json.Bool(fallsBack));
        model.put("vocab", new Json.Object(ids));
        model.put("merges", new Json.Array(merges));
        Map<String, Json> whole = new LinkedHashMap<>();
        whole.put("version", new Json.Text("1.0"));
        whole.put("added_tokens", new Json.Array(added));
        whole.put("normalizer", normalizer);
        whole.put("pre_tokenizer", splitter);
        whole.put("model", new Json.Object(model));
        return JsonPrinter.print(new Json.Object(whole));
    }
}
