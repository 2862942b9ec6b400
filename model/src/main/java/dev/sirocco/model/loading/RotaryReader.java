package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.tasks.rope.QueryTemperature;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryScaling;

/** Reads how a model's queries and keys know their positions. The keys are those that llama.cpp's converter writes. */
final class RotaryReader {
    /** The base of files that do not name one: what the first models of the family were trained with. */
    private static final float DEFAULT_THETA = 1e4f;

    private static final float YARN_BETA_FAST = 32f;
    private static final float YARN_BETA_SLOW = 1f;
    private static final String ORIGINAL_CONTEXT = "rope.scaling.original_context_length";

    private final ArchitectureKeys keys;
    private final int contextLength;

    RotaryReader(ArchitectureKeys keys, int contextLength) {
        this.keys = keys;
        this.contextLength = contextLength;
    }

    Rotary read(RotaryPairs pairs) {
        return new Rotary(keys.positive("rope.freq_base", DEFAULT_THETA), pairs, scaling(), temperature());
    }

    private RotaryScaling scaling() {
        String type = keys.text("rope.scaling.type", keys.has("rope.scale_linear") ? "linear" : "none");
        return switch (type) {
            case "none" -> RotaryScaling.NONE;
            case "linear" -> {
                String key = keys.has("rope.scaling.factor") ? "rope.scaling.factor" : "rope.scale_linear";
                float factor = keys.positive(key, 1f);
                yield factor == 1 ? RotaryScaling.NONE : new RotaryScaling.Linear(factor);
            }
            case "yarn" -> yarn();
            default ->
                throw keys.problem(
                        "rope.scaling.type",
                        GgufException.quote(type) + ", which is not supported; none, linear and yarn are");
        };
    }

    private RotaryScaling yarn() {
        float extrapolation = keys.positive("rope.scaling.yarn_ext_factor", 1f);
        if (extrapolation != 1) {
            throw keys.problem("rope.scaling.yarn_ext_factor", extrapolation + ", which is not supported; 1 is");
        }
        float factor = keys.positive("rope.scaling.factor", 1f);
        double magnitude = keys.positive("rope.scaling.attn_factor", 1f)
                * RotaryScaling.Yarn.magnitude(factor, 1, keys.notNegative("rope.scaling.yarn_log_multiplier"));
        return new RotaryScaling.Yarn(
                factor,
                keys.positive(ORIGINAL_CONTEXT, contextLength),
                keys.positive("rope.scaling.yarn_beta_fast", YARN_BETA_FAST),
                keys.positive("rope.scaling.yarn_beta_slow", YARN_BETA_SLOW),
                magnitude);
    }

    private QueryTemperature temperature() {
        int length = keys.positive("attention.temperature_length", keys.positive(ORIGINAL_CONTEXT, contextLength));
        float scale = keys.notNegative("attention.temperature_scale");
        return scale == 0 ? QueryTemperature.NONE : new QueryTemperature(scale, length);
    }
}
