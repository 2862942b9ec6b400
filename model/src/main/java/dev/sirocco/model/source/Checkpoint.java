package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of a published model in a folder.
 *
 * @param config  the file with its numbers
 * @param shards  the files with its weights, which exist
 * @param shardOf for each tensor that an index lists, the name of its file; empty without an index
 */
record Checkpoint(
        Path folder, CheckpointLayout layout, ConfigFile config, List<Path> shards, Map<String, String> shardOf) {
    private static final String WEIGHTS = ".safetensors";
    private static final int SHOWN_FILES = 8;

    /** A name in the same folder: an index cannot lead out of it. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]+\\.safetensors");

    /** What a part is called whose name says how many there are. */
    private static final Pattern PART = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})\\.safetensors");

    /**
     * A model's numbers.
     *
     * @param keys       under GGUF's names
     * @param tiedOutput whether the embedding is the output matrix too
     */
    record Numbers(Map<String, GgufValue> keys, boolean tiedOutput) {}

    /** {@return whether a folder has weights in safetensors files} */
    static boolean isIn(Path folder) {
        return !list(folder, WEIGHTS).isEmpty()
                || !list(folder, WEIGHTS + ".index.json").isEmpty();
    }

    /** {@return the plain names of a folder's files that end so, in order} */
    static List<String> list(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelFileException(folder, ModelFileException.reason(e), e);
        }
    }

    /**
     * Finds the files. Where a model is published in both layouts, transformers' is taken.
     *
     * @throws ModelFileException when a file is missing, naming it
     */
    static Checkpoint find(Path folder) {
        List<String> weights = list(folder, WEIGHTS);
        List<String> indexes = list(folder, WEIGHTS + ".index.json");
        for (CheckpointLayout layout : CheckpointLayout.values()) {
            Path config = folder.resolve(layout.configName());
            Optional<String> index = indexes.stream()
                    .filter(name -> name.equals(layout.weightsPrefix() + WEIGHTS + ".index.json"))
                    .findFirst();
            List<Path> shards = weights.stream()
                    .filter(name -> name.startsWith(layout.weightsPrefix()))
                    .map(folder::resolve)
                    .toList();
            if (Files.exists(config) && index.isPresent()) {
                return indexed(folder, layout, ConfigFile.read(config), folder.resolve(index.get()));
            }
            if (Files.exists(config) && !shards.isEmpty()) {
                requireAll(folder, allParts(shards));
                return new Checkpoint(folder, layout, ConfigFile.read(config), shards, Map.of());
            }
        }
        throw new ModelFileException(
                folder,
                "has safetensors files, but neither "
                        + Arrays.stream(CheckpointLayout.values())
                                .map(layout ->
                                        layout.configName() + " with " + layout.weightsPrefix() + "*.safetensors")
                                .collect(Collectors.joining(" nor "))
                        + "; download the rest of the model to the same folder");
    }

    private static Checkpoint indexed(Path folder, CheckpointLayout layout, ConfigFile config, Path index) {
        ConfigFile map = ConfigFile.read(index)
                .part("weight_map")
                .orElseThrow(() -> new ModelFileException(index, "lacks its 'weight_map'; download it again"));
        Map<String, String> shardOf = new TreeMap<>();
        if (map.object() instanceof Json.Object(Map<String, Json> members)) {
            members.forEach((tensor, shard) -> shardOf.put(
                    tensor,
                    shard.text()
                            .filter(name -> PLAIN_NAME.matcher(name).matches())
                            .orElseThrow(() -> new ModelFileException(
                                    index,
                                    "has for tensor " + ModelFileException.quote(tensor)
                                            + " something other than the name of a safetensors file beside it"))));
        }
        if (shardOf.isEmpty()) {
            throw new ModelFileException(index, "lists no tensors; download it again");
        }
        List<Path> shards =
                new TreeSet<>(shardOf.values()).stream().map(folder::resolve).toList();
        requireAll(folder, shards);
        return new Checkpoint(folder, layout, config, shards, shardOf);
    }

    /** {@return the files, and those that their names speak of} */
    private static List<Path> allParts(List<Path> shards) {
        return shards.stream()
                .flatMap(shard -> {
                    Matcher part = PART.matcher(shard.getFileName().toString());
                    return part.matches()
                            ? IntStream.rangeClosed(1, Integer.parseInt(part.group(2)))
                                    .mapToObj(number -> shard.resolveSibling(
                                            "%s-%05d-of-%s%s".formatted(part.group(1), number, part.group(2), WEIGHTS)))
                            : Stream.of(shard);
                })
                .distinct()
                .toList();
    }

    private static void requireAll(Path folder, List<Path> shards) {
        List<String> missing = shards.stream()
                .filter(Files::notExists)
                .map(shard -> shard.getFileName().toString())
                .toList();
        if (!missing.isEmpty()) {
            throw new ModelFileException(
                    folder,
                    "lacks " + missing.size() + " of its " + shards.size() + " files of weights: "
                            + missing.stream()
                                    .limit(SHOWN_FILES)
                                    .map(ModelFileException::quote)
                                    .collect(Collectors.joining(", "))
                            + (missing.size() > SHOWN_FILES ? ", …" : "") + "; download them to the same folder");
        }
    }

    /** {@return the model's numbers} */
    Numbers numbers() {
        String name = folder.toAbsolutePath().normalize().getFileName() == null
                ? "model"
                : folder.toAbsolutePath().normalize().getFileName().toString();
        return switch (layout) {
            case HUGGING_FACE -> HuggingFaceConfig.translate(config, name);
            case MISTRAL -> MistralParams.translate(config, name);
        };
    }
}
