package dev.sirocco.model.convert;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.model.tokenizer.TekkenMerges;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plan for a GGUF file that is made from a model. Does not own the model, which must stay open until then. */
public final class Conversion {
    private static final Pattern EXPERT = Pattern.compile("(blk\\.\\d+\\.ffn_(?:gate|up|down))\\.(\\d+)\\.weight");
    private static final Pattern ROTATED = Pattern.compile("blk\\.\\d+\\.attn_[qk]\\.weight");

    /** The version of the block formats; it has been this one since K formats exist. */
    private static final int QUANTIZATION_VERSION = 2;

    /** For each thread: enough that none waits for the file. */
    private static final int CHUNKS_AHEAD = 4;

    private final ModelSource model;
    private final Recipe recipe;
    private final List<OutputTensor> tensors = new ArrayList<>();

    /**
     * Which types the tensors get. The weights of norms stay in F32.
     *
     * @param mixture of types, empty to keep the model's own
     * @param pure    whether every matrix gets the mixture's base
     * @param output  the type of the output matrix in place of the mixture's, or empty
     * @param again   whether weights that have lost bits already may lose more
     */
    public record Recipe(Optional<Mixture> mixture, boolean pure, Optional<GgmlType> output, boolean again) {
        /** The model's own types. */
        public static final Recipe KEEP = of(Optional.empty());

        /** {@return a recipe with a mixture and nothing special} */
        public static Recipe of(Optional<Mixture> mixture) {
            return new Recipe(mixture, false, Optional.empty(), false);
        }
    }

    /**
     * Plans a conversion.
     *
     * @throws ModelFileException when the model has a tensor that cannot be converted
     */
    public Conversion(ModelSource model, Recipe recipe) {
        this.model = model;
        this.recipe = recipe;
        Map<String, TreeMap<Integer, GgufTensor>> experts = new LinkedHashMap<>();
        for (GgufTensor tensor : model.tensors()) {
            Matcher expert = EXPERT.matcher(tensor.name());
            if (expert.matches()) {
                experts.computeIfAbsent(expert.group(1) + "_exps.weight", _ -> new TreeMap<>())
                        .put(Integer.parseInt(expert.group(2)), tensor);
            } else {
                add(tensor.name(), tensor.dims(), List.of(tensor));
            }
        }
        experts.forEach((name, parts) -> {
            List<Long> dims = new ArrayList<>(parts.firstEntry().getValue().dims());
            if (parts.lastKey() != parts.size() - 1
                    || !parts.values().stream().allMatch(part -> part.dims().equals(dims))) {
                throw new ModelFileException(
                        model.path(),
                        "lacks experts of " + ModelFileException.quote(name) + ", or they differ in shape;"
                                + " download the model again");
            }
            dims.add((long) parts.size());
            add(name, dims, List.copyOf(parts.values()));
        });
    }

    private void add(String name, List<Long> dims, List<GgufTensor> parts) {
        GgufTensor first = parts.getFirst();
        boolean hasBlocks = WeightReader.hasBlocks(first.type());
        if (!WeightReader.isPlain(first.type()) && !(hasBlocks && recipe.again())) {
            throw new ModelFileException(
                    model.path(),
                    "tensor " + ModelFileException.quote(first.name()) + " is of type " + first.type()
                            + " already; take the model in F32, F16 or BF16"
                            + (hasBlocks ? ", or accept the loss with 'sirocco quantize --allow-requantize'" : ""));
        }
        if (dims.getFirst() > Integer.MAX_VALUE) {
            throw new ModelFileException(
                    model.path(),
                    "tensor " + ModelFileException.quote(first.name()) + " has rows of " + dims.getFirst()
                            + " weights");
        }
        int headDim = 0;
        if (model.rotaryPairs() == RotaryPairs.HALVES && ROTATED.matcher(name).matches()) {
            headDim = number("attention.key_length");
            if (first.dim(1) % headDim != 0) {
                throw new ModelFileException(
                        model.path(),
                        "tensor " + ModelFileException.quote(first.name()) + " has " + first.dim(1)
                                + " rows, which heads of " + headDim + " elements do not divide");
            }
        }
        tensors.add(new OutputTensor(name, type(name, dims, first.type()), dims, parts, headDim));
    }

    private GgmlType type(String name, List<Long> dims, GgmlType own) {
        if (dims.size() < 2) {
            return GgmlType.F32;
        }
        if (name.equals("output.weight") && recipe.output().isPresent()) {
            return requireWhole(recipe.output().get(), name, dims);
        }
        return recipe.mixture()
                .map(mixture -> mixture.typeOf(name, dims.getFirst(), shape()))
                .orElse(own);
    }

    private GgmlType requireWhole(GgmlType type, String name, List<Long> dims) {
        if (dims.getFirst() % type.blockSize() != 0) {
            throw new ModelFileException(
                    model.path(),
                    "tensor " + ModelFileException.quote(name) + " has rows of " + dims.getFirst()
                            + " weights, not a multiple of the " + type.blockSize() + " of " + type);
        }
        return type;
    }

    private Mixture.Model shape() {
        int kvHeads = Math.max(1, number("attention.head_count_kv"));
        return new Mixture.Model(
                number("block_count"),
                number("attention.head_count") / kvHeads,
                model.metadata().getInt(key("expert_count"), 0),
                model.find("output.weight").isEmpty(),
                recipe.pure());
    }

    private int number(String name) {
        return model.metadata().getInt(key(name));
    }

    private String key(String name) {
        return model.metadata().getString("general.architecture") + "." + name;
    }

    /** {@return bytes of all tensors, nearly those of the file} */
    public long dataBytes() {
        return tensors.stream().mapToLong(OutputTensor::sizeBytes).sum();
    }

    /** {@return how many tensors of each type the file has} */
    public Map<GgmlType, Integer> types() {
        Map<GgmlType, Integer> types = new TreeMap<>();
        tensors.forEach(tensor -> types.merge(tensor.type(), 1, Integer::sum));
        return types;
    }

    /**
     * Writes the file, replacing one of that name; see {@link GgufWriter#write}.
     *
     * @param threads   that quantize, at least 1; the file does not depend on their number
     * @param onWritten is told of the bytes of tensors that were written since it was last told
     * @throws ModelFileException when it cannot be written, or a weight is not finite
     */
    public void write(Path file, int threads, LongConsumer onWritten) {
        GgufWriter writer = new GgufWriter();
        GgufMetadata keys = model.metadata();
        for (String key : keys.keys()) {
            if (!key.startsWith("split.")
                    && !key.equals("general.file_type")
                    && !key.equals("general.quantization_version")) {
                writer.put(key, keys.get(key));
            }
        }
        TekkenMerges.missing(keys).ifPresent(merges -> writer.put(TekkenMerges.KEY, merges));
        writer.put("general.file_type", GgufValue.u32(mixture().fileType()));
        if (tensors.stream().anyMatch(tensor -> tensor.type().isQuantized())) {
            writer.put("general.quantization_version", GgufValue.u32(QUANTIZATION_VERSION));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (OutputTensor tensor : tensors) {
                writer.tensor(
                        tensor.name(),
                        tensor.type(),
                        tensor.dims().stream().mapToLong(Long::longValue).toArray(),
                        tensor.source(model, pool, CHUNKS_AHEAD * threads, onWritten));
            }
            writer.write(file);
        }
    }

    private Mixture mixture() {
        return recipe.mixture().orElseGet(() -> {
            Map<GgmlType, Integer> types = types();
            return types.containsKey(GgmlType.BF16)
                    ? Mixture.BF16
                    : types.containsKey(GgmlType.F16) ? Mixture.F16 : Mixture.F32;
        });
    }
}
