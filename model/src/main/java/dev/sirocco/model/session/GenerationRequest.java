package dev.sirocco.model.session;

import dev.sirocco.model.sampling.SamplerSettings;
import java.util.List;
import java.util.Objects;

/**
 * What to generate.
 *
 * @param prompt    tokens that come first; with control tokens where the model wants them
 * @param sampler   how tokens are chosen
 * @param maxTokens the most tokens to generate; negative for as many as the context takes
 */
public record GenerationRequest(List<Integer> prompt, SamplerSettings sampler, int maxTokens) {
    public GenerationRequest {
        prompt = List.copyOf(prompt);
        Objects.requireNonNull(sampler, "sampler");
    }
}
