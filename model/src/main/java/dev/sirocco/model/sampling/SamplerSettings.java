package dev.sirocco.model.sampling;

/**
 * How the next token is chosen. The meaning of each number is llama.cpp's.
 *
 * @param temperature divides the logits; 0 takes the most likely token and ignores everything else
 * @param topK        keep this many of the most likely tokens; 0 keeps all
 * @param topP        keep the fewest of the most likely tokens whose probabilities sum to at least this; 1 keeps all
 * @param minP        keep tokens at least this probable relative to the most likely one; 0 keeps all
 * @param seed        of the random numbers
 */
public record SamplerSettings(double temperature, int topK, double topP, double minP, long seed) {
    public SamplerSettings {
        if (!(temperature >= 0 && temperature <= 1e6)) {
            throw new IllegalArgumentException("the temperature is " + temperature + "; it must be from 0 to 1000000");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k is " + topK + "; it must be at least 0, and 0 keeps all tokens");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p is " + topP + "; it must be more than 0 and at most 1");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("min-p is " + minP + "; it must be from 0 to 1");
        }
    }

    /** {@return the settings that always take the most likely token} */
    public static SamplerSettings greedy() {
        return new SamplerSettings(0, 0, 1, 0, 0);
    }

    /** {@return whether the most likely token is always taken} */
    public boolean isGreedy() {
        return temperature == 0;
    }
}
