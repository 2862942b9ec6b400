package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.loading.ModelConfig.WindowSource;
import dev.sirocco.model.source.ModelSource;
import java.util.OptionalInt;

/** Reads and checks the keys of a model file; the keys are those of the GGUF specification. */
final class ConfigReader {
    /** The base of RoPE in files that do not name one: what the first models of the family were trained with. */
    private static final float DEFAULT_THETA = 1e4f;

    private final ModelSource file;
    private final GgufMetadata metadata;
    private final String architecture;

    ConfigReader(ModelSource file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = metadata.getString("general.architecture");
        if (!architecture.equals("llama")) {
            throw metadata.problem("the architecture " + GgufException.quote(architecture)
                    + " (general.architecture) is not supported; use a model of architecture 'llama', as the files of"
                    + " Mistral 7B and Mistral Nemo are");
        }
    }

    ModelConfig read(OptionalInt windowOption) {
        refuseExperts();
        refuseScaledRope();
        int dim = positive("embedding_length");
        int layers = positive("block_count");
        int heads = positive("attention.head_count");
        int kvHeads = has("attention.head_count_kv") ? positive("attention.head_count_kv") : heads;
        if (heads % kvHeads != 0) {
            throw metadata.problem(key("attention.head_count") + " is " + heads + ", which "
                    + key("attention.head_count_kv") + " " + kvHeads + " does not divide");
        }
        int headDim = headDim(dim, heads);
        int ffnDim = positive("feed_forward_length");
        int vocab = vocab();
        double theta = theta();
        float normEps = normEps();
        int contextLength = positive("context_length");
        WindowSource source;
        int window;
        if (windowOption.isPresent()) {
            source = windowOption.getAsInt() == 0 ? WindowSource.NONE : WindowSource.OPTION;
            window = windowOption.getAsInt();
            if (window < 0) {
                throw new IllegalArgumentException(
                        "the window is " + window + "; it must be at least 1, or 0 for none");
            }
        } else if (has("attention.sliding_window")) {
            window = metadata.getInt(key("attention.sliding_window"));
            source = window == 0 ? WindowSource.NONE : WindowSource.FILE;
            if (window < 0) {
                throw metadata.problem(
                        key("attention.sliding_window") + " is " + window + "; it must be at least 1, or 0 for none");
            }
        } else {
            boolean known = isMistral7bV01(dim, layers, heads, kvHeads, ffnDim, vocab, theta);
            window = known ? 4096 : 0;
            source = known ? WindowSource.KNOWN_MODEL : WindowSource.NONE;
        }
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
                window,
                source,
                theta,
                file.rotaryPairs(),
                normEps,
                contextLength,
                file.find(MappedWeights.OUTPUT).isEmpty());
    }

    /**
     * Mistral 7B v0.1 was trained with a window of 4096, but converters write no key for it. Its successors with the
     * same numbers have none; they differ in theta.
     */
    private static boolean isMistral7bV01(
            int dim, int layers, int heads, int kvHeads, int ffnDim, int vocab, double theta) {
        return dim == 4096
                && layers == 32
                && heads == 32
                && kvHeads == 8
                && ffnDim == 14336
                && vocab == 32000
                && theta == 1e4;
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

    private double theta() {
        float theta = metadata.getFloat(key("rope.freq_base"), DEFAULT_THETA);
        if (!(theta > 0 && theta < Float.POSITIVE_INFINITY)) {
            throw metadata.problem(key("rope.freq_base") + " is " + theta + "; it must be a positive number");
        }
        return theta;
    }

    private float normEps() {
        float eps = metadata.getFloat(key("attention.layer_norm_rms_epsilon"));
        if (!(eps > 0 && eps < 1)) {
            throw metadata.problem(
                    key("attention.layer_norm_rms_epsilon") + " is " + eps + "; it must be between 0 and 1");
        }
        return eps;
    }

    private void refuseExperts() {
        if (has("expert_count") && metadata.getInt(key("expert_count")) != 0) {
            throw metadata.problem("a mixture of experts (" + key("expert_count") + " is "
                    + metadata.getInt(key("expert_count")) + ") is not supported; use a model without experts");
        }
    }

    private void refuseScaledRope() {
        String scaling = metadata.getString(key("rope.scaling.type"), "none");
        boolean linear = has("rope.scale_linear") && metadata.getFloat(key("rope.scale_linear")) != 1;
        if (linear || !scaling.equals("none")) {
            throw metadata.problem("scaled RoPE (" + key(linear ? "rope.scale_linear" : "rope.scaling.type")
                    + ") is not supported; use a model without it");
        }
    }

    private int positive(String name) {
        int value = metadata.getInt(key(name));
        if (value < 1) {
            throw metadata.problem(key(name) + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    private boolean has(String name) {
        return metadata.has(key(name));
    }

    private String key(String name) {
        return architecture + "." + name;
    }
}
