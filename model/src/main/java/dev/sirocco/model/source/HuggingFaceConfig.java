package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates transformers' {@code config.json}. Source: the configuration classes of its models. */
final class HuggingFaceConfig {
    private static final Set<String> MODEL_TYPES =
            Set.of("mistral", "mixtral", "ministral", "ministral3", "mistral3", "llama");

    /** What the class of the configuration takes for a base that is not given. */
    private static final float DEFAULT_THETA = 1e4f;

    private final ConfigFile config;

    private HuggingFaceConfig(ConfigFile config) {
        this.config = config;
    }

    /** {@return the keys, and whether the embedding is the output matrix too} */
    static Checkpoint.Numbers translate(ConfigFile file, String name) {
        // A model that also sees has the numbers of its language model one level down.
        return new HuggingFaceConfig(file.part("text_config").orElse(file)).translate(name);
    }

    private Checkpoint.Numbers translate(String name) {
        String type = config.text("model_type").orElse("");
        if (!MODEL_TYPES.contains(type)) {
            throw config.problem("is of the model_type " + ModelFileException.quote(type)
                    + ", which is not supported; use a model of the Mistral family");
        }
        Optional<ConfigFile> scaling = config.part("rope_parameters").or(() -> config.part("rope_scaling"));
        boolean newer = type.equals("ministral3")
                || scaling.flatMap(s -> s.number("llama_4_scaling_beta")).isPresent();
        int heads = config.required("num_attention_heads");
        int dim = config.required("hidden_size");
        int headDim = config.count("head_dim").orElse(dim / heads);
        Translation keys = new Translation(newer ? "mistral3" : "llama", name)
                .count("vocab_size", config.required("vocab_size"))
                .count("context_length", config.required("max_position_embeddings"))
                .count("embedding_length", dim)
                .count("block_count", config.required("num_hidden_layers"))
                .count("feed_forward_length", config.required("intermediate_size"))
                .count("attention.head_count", heads)
                .count(
                        "attention.head_count_kv",
                        config.count("num_key_value_heads").orElse(heads))
                .count("attention.key_length", headDim)
                .count("attention.value_length", headDim)
                .number("attention.layer_norm_rms_epsilon", required("rms_norm_eps"))
                .count("rope.dimension_count", headDim)
                .number("rope.freq_base", theta(scaling))
                .count("expert_count", config.count("num_local_experts"))
                .count("expert_used_count", config.count("num_experts_per_tok"))
                .windows(windows());
        scaling.ifPresent(given -> scale(keys, given));
        return new Checkpoint.Numbers(keys.keys(), config.flag("tie_word_embeddings"));
    }

    private float required(String name) {
        return config.number(name).orElseThrow(() -> config.problem("lacks " + ModelFileException.quote(name)));
    }

    private float theta(Optional<ConfigFile> scaling) {
        return config.number("rope_theta")
                .or(() -> scaling.flatMap(s -> s.number("rope_theta")))
                .orElse(DEFAULT_THETA);
    }

    private List<Integer> windows() {
        List<Json> types =
                config.object().find("layer_types").map(Json::elements).orElse(List.of());
        if (!config.has("sliding_window")) {
            return List.of();
        }
        int window = config.required("sliding_window");
        return types.isEmpty()
                ? List.of(window)
                : types.stream()
                        .map(type -> type.text().orElse("").equals("full_attention") ? 0 : window)
                        .toList();
    }

    private static void scale(Translation keys, ConfigFile scaling) {
        String type = scaling.text("rope_type").or(() -> scaling.text("type")).orElse("default");
        if (type.equals("default")) {
            return;
        }
        keys.text("rope.scaling.type", type)
                .number("rope.scaling.factor", scaling.number("factor"))
                .count("rope.scaling.original_context_length", scaling.count("original_max_position_embeddings"))
                .number("rope.scaling.yarn_beta_fast", scaling.number("beta_fast"))
                .number("rope.scaling.yarn_beta_slow", scaling.number("beta_slow"))
                .number("rope.scaling.yarn_log_multiplier", scaling.number("mscale_all_dim"))
                .number("attention.temperature_scale", scaling.number("llama_4_scaling_beta"));
    }
}
