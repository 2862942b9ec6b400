package dev.sirocco.model.tokenizer;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code tekken.json}. Merges are left out, which such a file does not have and its tokenizer does not need: see
 * {@link TekkenMerges}. Source: {@code tekken.py} of mistral-common.
 */
final class TekkenFile {
    /** More tokens than any model has. */
    private static final long MAX_VOCABULARY = 1 << 22;

    /** Bytes; Mistral's longest has 128. */
    private static final int MAX_TOKEN = 512;

    /** What the first ids stand for where the file does not say, in order. */
    private static final List<String> DEFAULT_SPECIAL = List.of(
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
            "[TOOL_CONTENT]");

    private final Path file;
    private final TokenizerKeys keys = new TokenizerKeys("gpt2");
    private final List<Entry> entries = new ArrayList<>();

    private TekkenFile(Path file) {
        this.file = file;
    }

    /**
     * {@return the keys of a GGUF file with this vocabulary}
     *
     * @throws ModelFileException when it is not one that can be used
     * @throws JsonException      when it is not JSON
     * @throws IOException        when it cannot be read
     */
    static Map<String, GgufValue> read(Path file) throws IOException {
        TekkenFile tekken = new TekkenFile(file);
        // Most of the file is there for people to read: the text of each token.
        return tekken.keys(Json.read(
                file,
                "vocab",
                Map.of(
                        "rank",
                                (row, value) ->
                                        tekken.entry(row).rank = value.integer().orElse(Entry.NO_RANK),
                        "token_bytes",
                                (row, value) ->
                                        tekken.entry(row).base64 = value.text().orElse(""))));
    }

    private Map<String, GgufValue> keys(Json json) {
        Json config = json.find("config").orElseThrow(() -> problem("has no 'config', so it is no Tekken vocabulary"));
        String pattern = config.find("pattern").flatMap(Json::text).orElse("");
        if (!pattern.equals(TekkenWords.PATTERN)) {
            throw problem("cuts text into words by another regular expression than Mistral's Tekken (config.pattern),"
                    + " which is not supported; use a Mistral model");
        }
        int size = number(config, "default_vocab_size");
        int special = number(config, "default_num_special_tokens");
        if (special < 3 || special > size) {
            throw problem("has " + special + " special tokens in a vocabulary of " + size);
        }
        addSpecial(json, special);
        List<String> words = words(json, size - special);
        words.forEach(word -> keys.add(ByteAlphabet.encode(word), 0, TokenType.NORMAL));
        keys.put("pre", GgufValue.of("tekken"))
                .put("add_bos_token", GgufValue.of(true))
                .put("add_space_prefix", GgufValue.of(false))
                .special(keys.idOf("<s>", 1), keys.idOf("</s>", 2), keys.idOf("<unk>", 0));
        config.find("version").flatMap(Json::text).ifPresent(keys::version);
        return keys.build(false);
    }

    private int number(Json config, String name) {
        long value = integer(config, name, "has no config." + name);
        if (value < 0 || value > MAX_VOCABULARY) {
            throw problem("config." + name + " is not a number from 0 to " + MAX_VOCABULARY);
        }
        return (int) value;
    }

    /** {@return the member's value, -1 when it is no whole number} */
    private long integer(Json json, String name, String otherwise) {
        return json.find(name)
                .map(Json::integer)
                .orElseThrow(() -> problem(otherwise))
                .orElse(-1);
    }

    private void addSpecial(Json json, int count) {
        List<String> names = new ArrayList<>();
        Json given = json.find("special_tokens").orElse(null);
        for (int id = 0; id < count; id++) {
            names.add(given == null && id < DEFAULT_SPECIAL.size() ? DEFAULT_SPECIAL.get(id) : "<SPECIAL_" + id + ">");
        }
        for (Json token : given == null ? List.<Json>of() : given.elements()) {
            long id = integer(token, "rank", "has a special token without rank");
            String name = token.find("token_str")
                    .flatMap(Json::text)
                    .orElseThrow(() -> problem("has a special token without token_str"));
            if (id < 0 || id >= count) {
                throw problem("special token " + ModelFileException.quote(name) + " has rank " + id + " of " + count);
            }
            names.set((int) id, name);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw problem("has the special token " + ModelFileException.quote(name) + " twice");
            }
            keys.add(name, 0, TokenType.CONTROL);
        }
    }

    /** {@return the first {@code count} tokens by rank, each byte as the character of that number} */
    private List<String> words(Json json, int count) {
        if (json.find("vocab").isEmpty()) {
            throw problem("has no 'vocab'");
        } else if (entries.size() < count) {
            throw problem("has " + entries.size() + " tokens; config.default_vocab_size needs " + count);
        }
        List<String> words = new ArrayList<>(count);
        Set<String> seen = HashSet.newHashSet(count);
        for (int rank = 0; rank < count; rank++) {
            Entry entry = entries.get(rank);
            if (entry.rank != rank) {
                throw problem("token " + rank + " of 'vocab' has "
                        + (entry.rank == Entry.NO_RANK ? "no rank" : "another rank"));
            }
            String word = bytes(entry.base64, rank);
            if (word.isEmpty() || word.length() > MAX_TOKEN) {
                throw problem("token " + rank + " of 'vocab' has " + word.length() + " bytes; 1 to " + MAX_TOKEN
                        + " can be meant");
            } else if (!seen.add(word)) {
                throw problem("token " + rank + " of 'vocab' is there before");
            }
            words.add(word);
        }
        return words;
    }

    /** A token as the file describes it. */
    private static final class Entry {
        private static final int NO_RANK = -1;

        private long rank = NO_RANK;
        private String base64 = "";
    }

    private Entry entry(int row) {
        while (entries.size() <= row) {
            entries.add(new Entry());
        }
        return entries.get(row);
    }

    private String bytes(String base64, int rank) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException _) {
            throw problem("token " + rank + " of 'vocab' is not base64");
        }
    }

    private ModelFileException problem(String problem) {
        return new ModelFileException(file, problem);
    }
}
