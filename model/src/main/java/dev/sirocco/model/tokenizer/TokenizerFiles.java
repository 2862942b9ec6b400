package dev.sirocco.model.tokenizer;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the tokenizer of a folder in which a model was published, as the keys that a GGUF file of that model has: so a
 * model and its conversion have one tokenizer. Of several descriptions the first is taken: SentencePiece's own file
 * ({@code tokenizer.model}, also with a version behind it), Tekken's ({@code tekken.json}), Hugging Face's translation
 * of either ({@code tokenizer.json}). The chat template comes from the files beside it.
 */
public final class TokenizerFiles {
    /** Larger than any vocabulary in JSON; the file is read whole. */
    private static final long MAX_BYTES = 1L << 28;

    private static final Pattern SENTENCE_PIECE = Pattern.compile(".*\\.model(\\.(v\\d+)(m\\d+)?)?");
    private static final Pattern TEKKEN = Pattern.compile("tekken.*\\.json");
    private static final Pattern HUGGING_FACE = Pattern.compile("tokenizer\\.json");

    private final Path folder;

    private TokenizerFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * {@return the {@code tokenizer.*} keys of a folder}
     *
     * @throws ModelFileException when there is no tokenizer in it, or one that cannot be used
     */
    public static Map<String, GgufValue> keys(Path folder) {
        return new TokenizerFiles(folder).read();
    }

    /** {@return the same as the metadata of a file that has nothing else, for those who want no weights} */
    public static GgufMetadata metadata(Path folder) {
        return new GgufMetadata(folder, keys(folder));
    }

    private Map<String, GgufValue> read() {
        Map<String, GgufValue> keys = new LinkedHashMap<>(vocabulary());
        Optional<Json> config = json("tokenizer_config.json");
        if (config.flatMap(json -> json.find("add_bos_token")).orElse(null) instanceof Json.Bool(boolean addsBos)) {
            keys.put(Vocabulary.PREFIX + "add_bos_token", GgufValue.of(addsBos));
        }
        template(config).ifPresent(text -> keys.put("tokenizer.chat_template", GgufValue.of(text)));
        return keys;
    }

    private Map<String, GgufValue> vocabulary() {
        Optional<Path> sentencePiece = find(SENTENCE_PIECE);
        if (sentencePiece.isPresent()) {
            Map<String, GgufValue> keys = new LinkedHashMap<>(SentencePieceFile.read(sentencePiece.get()));
            Matcher name =
                    SENTENCE_PIECE.matcher(sentencePiece.get().getFileName().toString());
            if (name.matches() && name.group(2) != null) {
                keys.put(TokenizerKeys.VERSION, GgufValue.of(name.group(2)));
            }
            return keys;
        }
        Optional<Path> tekken = find(TEKKEN);
        if (tekken.isPresent()) {
            return read(tekken.get(), TekkenFile::read);
        }
        Path translated = find(HUGGING_FACE)
                .orElseThrow(() -> new ModelFileException(
                        folder, "has no tokenizer.model, tekken.json or tokenizer.json; put the model's there"));
        return HuggingFaceFile.read(translated, json(translated));
    }

    /** {@return the file with such a name; of several the one with the greatest, so with the newest version} */
    private Optional<Path> find(Pattern name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new ModelFileException(folder, ModelFileException.reason(e), e);
        }
    }

    private Optional<String> template(Optional<Json> config) {
        Path own = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(own)) {
            try {
                return Optional.of(Files.readString(own));
            } catch (IOException e) {
                throw new ModelFileException(own, ModelFileException.reason(e), e);
            }
        }
        Optional<Json> template = config.flatMap(json -> json.find("chat_template"))
                .or(() -> json("chat_template.json").flatMap(json -> json.find("chat_template")));
        // Some have several, each with a name.
        return template.flatMap(Json::text)
                .or(() -> template.map(Json::elements).orElse(List.of()).stream()
                        .filter(named -> named.find("name")
                                .flatMap(Json::text)
                                .orElse("")
                                .equals("default"))
                        .findFirst()
                        .flatMap(named -> named.find("template"))
                        .flatMap(Json::text));
    }

    private Optional<Json> json(String name) {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(json(file)) : Optional.empty();
    }

    private static Json json(Path file) {
        return read(file, Json::read);
    }

    /** Reads a file whole. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private static <T> T read(Path file, Reader<T> reader) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFileException(file, "is too large for a tokenizer (" + Files.size(file) + " bytes)");
            }
            return reader.read(file);
        } catch (JsonException e) {
            throw new ModelFileException(file, "is not JSON: " + e.getMessage() + "; download it again", e);
        } catch (IOException e) {
            throw new ModelFileException(file, ModelFileException.reason(e), e);
        }
    }
}
