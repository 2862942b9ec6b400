package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.loading.ModelConfig.WindowSource;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.graph.Experts;
import dev.sirocco.tasks.rope.Rotary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and checks the keys of a model file; the keys are those of the GGUF specification. */
final class ConfigReader {
    private static final Set<String> ARCHITECTURES = Set.of("llama", "mistral3");

    /** No model of the family has as many; each takes some tasks for every token, whether it is chosen or not. */
    private static final int MOST_EXPERTS = 256;

    /** GGUF's number of the gating function that Mixtral has. */
    private static final int SOFTMAX = 1;

    private final ModelSource file;
    private final GgufMetadata metadata;
    private final String architecture;
    private final ArchitectureKeys keys;

    ConfigReader(ModelSource file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = metadata.getString("general.architecture");
        this.keys = new ArchitectureKeys(metadata, architecture);
        if (!ARCHITECTURES.contains(architecture)) {
            throw metadata.problem("the architecture " + GgufException.quote(architecture)
                    + " (general.architecture) is not supported; use a model of architecture 'llama' or 'mistral3', as"
                    + " the files of the Mistral family are");
        }
    }

    ModelConfig read(Optional<AttentionWindows> windowOption) {
        int dim = positive("embedding_length");
        int layers = positive("block_count");
        int heads = positive("attention.head_count");
        int kvHeads = keys.positive("attention.head_count_kv", heads);
        if (heads % kvHeads != 0) {
            throw metadata.problem(key("attention.head_count") + " is " + heads + ", which "
                    + key("attention.head_count_kv") + " " + kvHeads + " does not divide");
        }
        int headDim = headDim(dim, heads);
        Experts experts = experts();
        int ffnDim = experts.count() > 0 && has("expert_feed_forward_length")
                ? positive("expert_feed_forward_length")
                : positive("feed_forward_length");
        int vocab = vocab();
        int contextLength = positive("context_length");
        Rotary rotary = new RotaryReader(keys, contextLength).read(file.rotaryPairs());
        Optional<AttentionWindows> ofFile = windowsOfFile();
        Optional<AttentionWindows> known = KnownWindows.of(dim, layers, heads, kvHeads, ffnDim, vocab, rotary.theta());
        AttentionWindows windows = windowOption.or(() -> ofFile).or(() -> known).orElse(AttentionWindows.NONE);
        WindowSource source = windows.equals(AttentionWindows.NONE)
                ? WindowSource.NONE
                : windowOption.isPresent()
                        ? WindowSource.OPTION
                        : ofFile.isPresent() ? WindowSource.FILE : WindowSource.KNOWN_MODEL;
        return new ModelConfig(
                architecture,
                metadata.getString("general.name", file.path().getFileName().toString()),
                dim,
                layers,
                heads,
                kvHeads,
                headDim,
                ffnDim,
                vocab,
                windows,
                source,
                rotary,
                experts,
                normEps(),
                contextLength,
                file.find(MappedWeights.OUTPUT).isEmpty());
    }

    /** One window, or a list that is tiled over the layers, in which 0 is none. */
    private Optional<AttentionWindows> windowsOfFile() {
        if (!has("attention.sliding_window")) {
            return Optional.empty();
        }
        String name = key("attention.sliding_window");
        int[] pattern = metadata.get(name) instanceof GgufValue.Packed
                ? metadata.getInts(name)
                : new int[] {metadata.getInt(name)};
        for (int window : pattern) {
            if (window < 0) {
                throw metadata.problem(name + " is " + window + "; it must be at least 1, or 0 for none");
            }
        }
        if (pattern.length == 0) {
            throw metadata.problem(name + " is an empty list; it must have a window for at least one layer");
        }
        return Optional.of(new AttentionWindows(Arrays.stream(pattern).boxed().toList()));
    }

    private Experts experts() {
        int count = metadata.getInt(key("expert_count"), 0);
        if (count == 0) {
            return Experts.NONE;
        }
        int chosen = positive("expert_used_count");
        if (count < 0 || chosen > count || count > MOST_EXPERTS) {
            throw metadata.problem(key("expert_used_count") + " is " + chosen + " of " + key("expert_count") + " "
                    + count + "; 1 to that many can be used, of at most " + MOST_EXPERTS);
        }
        for (String unknown : List.of("expert_shared_count", "leading_dense_block_count", "expert_group_count")) {
            if (metadata.getInt(key(unknown), 0) != 0) {
                throw keys.problem(
                        unknown, metadata.getInt(key(unknown)) + ", which is not supported; Mixtral's experts are");
            }
        }
        int gating = metadata.getInt(key("expert_gating_func"), SOFTMAX);
        if (gating != SOFTMAX) {
            throw keys.problem("expert_gating_func", gating + ", which is not supported; " + SOFTMAX + " (softmax) is");
        }
        return new Experts(count, chosen);
    }

    private int headDim(int dim, int heads) {
        int rotated = has("rope.dimension_count") ? positive("rope.dimension_count") : 0;
        int headDim;
        String source;
        if (has("attention.key_length")) {
            headDim = positive("attention.key_length");
            source = key("attention.key_length");
        } else if (rotated != 0) {
            headDim = rotated;
            source = key("rope.dimension_count");
        } else {
            if (dim % heads != 0) {
                throw metadata.problem(key("embedding_length") + " " + dim + " is no multiple of "
                        + key("attention.head_count") + " " + heads + ", and " + key("attention.key_length")
                        + " does not say how long a head is");
            }
            headDim = dim / heads;
            source = key("embedding_length") + " / " + key("attention.head_count");
        }
        if (headDim % 2 != 0) {
            throw metadata.problem(source + " is " + headDim + "; a head must have an even number of elements");
        }
        if (rotated != 0 && rotated != headDim) {
            throw metadata.problem(key("rope.dimension_count") + " is " + rotated + " for heads of " + headDim
                    + " elements; heads that are rotated in part are not supported");
        }
        if (has("attention.value_length") && positive("attention.value_length") != headDim) {
            throw metadata.problem(key("attention.value_length") + " is " + positive("attention.value_length")
                    + " for keys of " + headDim + " elements; they must be equal");
        }
        return headDim;
    }

    private int vocab() {
        GgufTensor embedding = file.tensor(MappedWeights.EMBEDDING);
        long rows = embedding.dim(1);
        if (rows > Integer.MAX_VALUE) {
            throw metadata.problem(
                    "tensor '" + embedding.name() + "' has " + rows + " rows, too many for a vocabulary");
        }
        if (has("vocab_size") && metadata.getInt(key("vocab_size")) != rows) {
            throw metadata.problem(key("vocab_size") + " is " + metadata.getInt(key("vocab_size")) + ", but tensor '"
                    + embedding.name() + "' has " + rows + " rows");
        }
        return (int) rows;
    }

    private float normEps() {
        float eps = metadata.getFloat(key("attention.layer_norm_rms_epsilon"));
        if (!(eps > 0 && eps < 1)) {
            throw metadata.problem(
                    key("attention.layer_norm_rms_epsilon") + " is " + eps + "; it must be between 0 and 1");
        }
        return eps;
    }

    private int positive(String name) {
        return keys.positive(name);
    }

    private boolean has(String name) {
        return keys.has(name);
    }

    private String key(String name) {
        return keys.full(name);
    }
}
