package dev.sirocco.model.source;

import dev.sirocco.model.json.Json;
import java.util.List;
import java.util.Optional;

/** Translates Mistral's {@code params.json}. Source: {@code ModelArgs} of mistral-inference. */
final class MistralParams {
    /** The length that models whose file does not say so were trained for. */
    private static final int DEFAULT_CONTEXT = 32768;

    private final ConfigFile params;

    private MistralParams(ConfigFile params) {
        this.params = params;
    }

    static Checkpoint.Numbers translate(ConfigFile file, String name) {
        return new MistralParams(file).translate(name);
    }

    private Checkpoint.Numbers translate(String name) {
        Optional<ConfigFile> yarn = params.part("yarn");
        Optional<ConfigFile> temperature = params.part("llama_4_scaling");
        Optional<ConfigFile> experts = params.part("moe");
        int heads = params.required("n_heads");
        int dim = params.required("dim");
        int headDim = params.count("head_dim").orElse(dim / heads);
        List<Integer> windows = windows();
        Translation keys = new Translation(yarn.isPresent() || temperature.isPresent() ? "mistral3" : "llama", name)
                .count("vocab_size", params.required("vocab_size"))
                .count("context_length", context())
                .count("embedding_length", dim)
                .count("block_count", params.required("n_layers"))
                .count("feed_forward_length", params.required("hidden_dim"))
                .count("attention.head_count", heads)
                .count("attention.head_count_kv", params.count("n_kv_heads").orElse(heads))
                .count("attention.key_length", headDim)
                .count("attention.value_length", headDim)
                .number(
                        "attention.layer_norm_rms_epsilon",
                        params.number("norm_eps").orElseThrow(() -> params.problem("lacks 'norm_eps'")))
                .count("rope.dimension_count", headDim)
                .number("rope.freq_base", params.number("rope_theta").orElse(defaultTheta(windows)))
                .windows(windows);
        experts.ifPresent(moe -> keys.count("expert_count", moe.required("num_experts"))
                .count("expert_used_count", moe.required("num_experts_per_tok")));
        yarn.ifPresent(scaling -> keys.text("rope.scaling.type", "yarn")
                .number("rope.scaling.factor", scaling.number("factor"))
                .count("rope.scaling.original_context_length", scaling.count("original_max_position_embeddings"))
                .number("rope.scaling.yarn_beta_fast", scaling.number("beta"))
                .number("rope.scaling.yarn_beta_slow", scaling.number("alpha"))
                .number("rope.scaling.yarn_log_multiplier", 1));
        temperature.ifPresent(scaling -> keys.number("attention.temperature_scale", scaling.number("beta")));
        return new Checkpoint.Numbers(keys.keys(), params.flag("tied_embeddings"));
    }

    private int context() {
        return params.count("max_seq_len")
                .orElseGet(() -> params.count("max_position_embeddings").orElse(DEFAULT_CONTEXT));
    }

    /**
     * What the reference takes for a base that is not given: 7B v0.1, the one model with a window, was trained with
     * 10,000; Mixtral, the other without the field, with a million.
     */
    private static float defaultTheta(List<Integer> windows) {
        return windows.isEmpty() ? 1e6f : 1e4f;
    }

    private List<Integer> windows() {
        return params.object().find("sliding_window").orElse(null) instanceof Json.Array
                ? params.counts("sliding_window")
                : params.count("sliding_window").stream().boxed().toList();
    }
}
