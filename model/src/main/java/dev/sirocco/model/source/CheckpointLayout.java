package dev.sirocco.model.source;

import dev.sirocco.tasks.rope.RotaryPairs;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two ways in which checkpoints of the family are published: what their files and tensors are called. */
enum CheckpointLayout {
    /** As transformers writes them: {@code config.json} and {@code model*.safetensors}. */
    HUGGING_FACE(
            "config.json",
            "model",
            RotaryPairs.HALVES,
            Map.ofEntries(
                    Map.entry("model.embed_tokens.weight", "token_embd.weight"),
                    Map.entry("model.norm.weight", "output_norm.weight"),
                    Map.entry("lm_head.weight", "output.weight"),
                    Map.entry("model.layers.#.input_layernorm.weight", "blk.#.attn_norm.weight"),
                    Map.entry("model.layers.#.self_attn.q_proj.weight", "blk.#.attn_q.weight"),
                    Map.entry("model.layers.#.self_attn.k_proj.weight", "blk.#.attn_k.weight"),
                    Map.entry("model.layers.#.self_attn.v_proj.weight", "blk.#.attn_v.weight"),
                    Map.entry("model.layers.#.self_attn.o_proj.weight", "blk.#.attn_output.weight"),
                    Map.entry("model.layers.#.post_attention_layernorm.weight", "blk.#.ffn_norm.weight"),
                    Map.entry("model.layers.#.mlp.gate_proj.weight", "blk.#.ffn_gate.weight"),
                    Map.entry("model.layers.#.mlp.up_proj.weight", "blk.#.ffn_up.weight"),
                    Map.entry("model.layers.#.mlp.down_proj.weight", "blk.#.ffn_down.weight"),
                    Map.entry("model.layers.#.block_sparse_moe.gate.weight", "blk.#.ffn_gate_inp.weight"),
                    Map.entry("model.layers.#.block_sparse_moe.experts.#.w1.weight", "blk.#.ffn_gate.#.weight"),
                    Map.entry("model.layers.#.block_sparse_moe.experts.#.w2.weight", "blk.#.ffn_down.#.weight"),
                    Map.entry("model.layers.#.block_sparse_moe.experts.#.w3.weight", "blk.#.ffn_up.#.weight"))),

    /** As Mistral writes them: {@code params.json} and {@code consolidated*.safetensors}. */
    MISTRAL(
            "params.json",
            "consolidated",
            RotaryPairs.ADJACENT,
            Map.ofEntries(
                    Map.entry("tok_embeddings.weight", "token_embd.weight"),
                    Map.entry("norm.weight", "output_norm.weight"),
                    Map.entry("output.weight", "output.weight"),
                    Map.entry("layers.#.attention_norm.weight", "blk.#.attn_norm.weight"),
                    Map.entry("layers.#.attention.wq.weight", "blk.#.attn_q.weight"),
                    Map.entry("layers.#.attention.wk.weight", "blk.#.attn_k.weight"),
                    Map.entry("layers.#.attention.wv.weight", "blk.#.attn_v.weight"),
                    Map.entry("layers.#.attention.wo.weight", "blk.#.attn_output.weight"),
                    Map.entry("layers.#.ffn_norm.weight", "blk.#.ffn_norm.weight"),
                    Map.entry("layers.#.feed_forward.w1.weight", "blk.#.ffn_gate.weight"),
                    Map.entry("layers.#.feed_forward.w2.weight", "blk.#.ffn_down.weight"),
                    Map.entry("layers.#.feed_forward.w3.weight", "blk.#.ffn_up.weight"),
                    Map.entry("layers.#.feed_forward.gate.weight", "blk.#.ffn_gate_inp.weight"),
                    Map.entry("layers.#.feed_forward.experts.#.w1.weight", "blk.#.ffn_gate.#.weight"),
                    Map.entry("layers.#.feed_forward.experts.#.w2.weight", "blk.#.ffn_down.#.weight"),
                    Map.entry("layers.#.feed_forward.experts.#.w3.weight", "blk.#.ffn_up.#.weight")));

    /** At most nine digits, so that the number is one; no leading zero, so that two names are never one tensor. */
    private static final Pattern NUMBER = Pattern.compile("(?<=\\.)(0|[1-9]\\d{0,8})(?=\\.)");

    /** Where a model that also sees keeps its language model. */
    private static final Pattern LANGUAGE_MODEL = Pattern.compile("^(language_model\\.|model\\.language_model\\.)");

    /** What does not take part in the reading of text: eyes, and tables that follow from theta. */
    private static final Pattern BESIDE = Pattern.compile("(model\\.)?(vision_tower|multi_modal_projector)\\..*"
            + "|(vision_encoder|vision_language_adapter|patch_merger|pre_mm_projector_norm)\\..*"
            + "|.*\\.rotary_emb\\.inv_freq");

    private final String configName;
    private final String weightsPrefix;
    private final RotaryPairs pairs;
    private final Map<String, String> names;

    CheckpointLayout(String configName, String weightsPrefix, RotaryPairs pairs, Map<String, String> names) {
        this.configName = configName;
        this.weightsPrefix = weightsPrefix;
        this.pairs = pairs;
        this.names = names;
    }

    /** {@return the name of the file with the model's numbers} */
    String configName() {
        return configName;
    }

    /** {@return how the names of the files with the weights begin} */
    String weightsPrefix() {
        return weightsPrefix;
    }

    RotaryPairs pairs() {
        return pairs;
    }

    /** {@return whether a tensor takes no part in the reading of text} */
    static boolean isBeside(String name) {
        return BESIDE.matcher(name).matches();
    }

    /** {@return GGUF's name of a tensor, empty when the forward pass does not know it} */
    Optional<String> canonicalName(String name) {
        String plain = name;
        Matcher language = LANGUAGE_MODEL.matcher(name);
        if (this == HUGGING_FACE && language.lookingAt()) {
            String rest = name.substring(language.end());
            plain = rest.startsWith("model.") || rest.startsWith("lm_head.") ? rest : "model." + rest;
        }
        Matcher numbers = NUMBER.matcher(plain);
        String canonical = names.get(numbers.replaceAll("#"));
        numbers.reset();
        while (canonical != null && numbers.find()) {
            canonical = canonical.replaceFirst("#", numbers.group());
        }
        return Optional.ofNullable(canonical);
    }
}
