package dev.sirocco.model.tokenizer;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code tokenizer.json}, to which Hugging Face's tools translate both kinds of vocabularies. Of SentencePiece's
 * scores it has the order alone, as a list of merges. Source: the format of the tokenizers library.
 */
final class HuggingFaceFile {
    private final Path file;
    private final Map<String, Integer> ids = new HashMap<>();
    private String[] tokens;
    private TokenType[] types;

    private HuggingFaceFile(Path file) {
        this.file = file;
    }

    /**
     * {@return the keys of a GGUF file with this vocabulary}
     *
     * @throws ModelFileException when it is not one that can be used
     */
    static Map<String, GgufValue> read(Path file, Json json) {
        return new HuggingFaceFile(file).keys(json);
    }

    private Map<String, GgufValue> keys(Json json) {
        Json model = json.find("model").orElseThrow(() -> problem("has no 'model', so it is no tokenizer"));
        if (!model.find("type").flatMap(Json::text).orElse("BPE").equals("BPE")) {
            throw problem("is a tokenizer of another type than byte-pair encoding; use a Mistral model");
        }
        boolean tekken = mentions(json.find("pre_tokenizer").orElse(null), TekkenWords.PATTERN);
        boolean fallsBack = model.find("byte_fallback").equals(Optional.of(new Json.Bool(true)));
        if (!tekken && !fallsBack) {
            throw problem("is neither a SentencePiece vocabulary with bytes (model.byte_fallback) nor Tekken (its"
                    + " pre_tokenizer), which are supported; use a Mistral model");
        }
        readTokens(model, json.find("added_tokens").map(Json::elements).orElse(List.of()), fallsBack);
        List<String> merges = merges(model);
        float[] scores = tekken ? new float[tokens.length] : scores(merges);
        TokenizerKeys keys = new TokenizerKeys(tekken ? "gpt2" : "llama");
        for (int id = 0; id < tokens.length; id++) {
            keys.add(tokens[id], scores[id], types[id]);
        }
        if (tekken) {
            keys.put("pre", GgufValue.of("tekken")).put("merges", GgufValue.strings(merges));
        }
        boolean prefix = !tekken && (mentions(json.find("normalizer").orElse(null), "Prepend") || prepends(json));
        return keys.put("add_bos_token", GgufValue.of(true))
                .put("add_space_prefix", GgufValue.of(prefix))
                .special(ids.getOrDefault("<s>", 1), ids.getOrDefault("</s>", 2), ids.getOrDefault("<unk>", 0))
                .build(!tekken);
    }

    /** {@return whether a string somewhere in the value is this one} */
    private static boolean mentions(Json value, String text) {
        return switch (value) {
            case null -> false;
            case Json.Text(String own) -> own.equals(text);
            case Json.Array(var values) -> values.stream().anyMatch(element -> mentions(element, text));
            case Json.Object(var members) -> members.values().stream().anyMatch(member -> mentions(member, text));
            case Json.Null _, Json.Bool _, Json.Number _ -> false;
        };
    }

    private static boolean prepends(Json json) {
        Json splitter = json.find("pre_tokenizer").orElse(new Json.Null());
        return mentions(splitter, "Metaspace") && !mentions(splitter, "never");
    }

    private void readTokens(Json model, List<Json> added, boolean fallsBack) {
        Map<String, Json> vocabulary =
                model.find("vocab").orElse(null) instanceof Json.Object(var members) ? members : Map.of();
        vocabulary.forEach((token, id) -> ids.put(token, id(token, id)));
        for (Json token : added) {
            String text = token.find("content").flatMap(Json::text).orElse("");
            ids.put(text, id(text, token.find("id").orElse(new Json.Null())));
        }
        tokens = new String[ids.size()];
        types = new TokenType[ids.size()];
        Arrays.fill(types, TokenType.NORMAL);
        ids.forEach((token, id) -> {
            if (id >= tokens.length || tokens[id] != null) {
                throw problem("gives token " + ModelFileException.quote(token) + " the id " + id
                        + (id < tokens.length ? ", which is another's" : ", but has " + tokens.length + " tokens"));
            }
            tokens[id] = token;
            if (fallsBack && ByteTokens.byteOf(token) >= 0) {
                types[id] = TokenType.BYTE;
            }
        });
        for (Json token : added) {
            int id = ids.get(token.find("content").flatMap(Json::text).orElse(""));
            boolean special = token.find("special").equals(Optional.of(new Json.Bool(true)));
            types[id] = tokens[id].equals("<unk>")
                    ? TokenType.UNKNOWN
                    : special ? TokenType.CONTROL : TokenType.USER_DEFINED;
        }
    }

    private int id(String token, Json value) {
        long id = value.integer().orElse(-1);
        if (id < 0 || id > Integer.MAX_VALUE) {
            throw problem("gives token " + ModelFileException.quote(token) + " an id that is no number from 0 on");
        }
        return (int) id;
    }

    /** {@return pairs, joined by a blank, which are written as such or as arrays of two} */
    private List<String> merges(Json model) {
        List<String> merges = new ArrayList<>();
        for (Json merge : model.find("merges").map(Json::elements).orElse(List.of())) {
            List<Json> pair = merge.elements();
            String text = pair.size() == 2
                    ? pair.get(0).text().orElse("") + " " + pair.get(1).text().orElse("")
                    : merge.text().orElse("");
            int gap = text.indexOf(' ');
            if (gap <= 0 || gap == text.length() - 1 || gap != text.lastIndexOf(' ')) {
                throw problem("merge " + merges.size() + " is no pair of tokens");
            }
            merges.add(text);
        }
        return merges;
    }

    /** {@return for each token, the lower the later it is first made by a merge; lowest for those that are not} */
    private float[] scores(List<String> merges) {
        float[] scores = new float[tokens.length];
        Arrays.fill(scores, -merges.size() - 1f);
        for (int i = merges.size() - 1; i >= 0; i--) {
            Integer id = ids.get(merges.get(i).replace(" ", ""));
            if (id == null) {
                throw problem("merge " + i + " makes no token of the vocabulary");
            }
            scores[id] = -i;
        }
        return scores;
    }

    private ModelFileException problem(String problem) {
        return new ModelFileException(file, problem);
    }
}
