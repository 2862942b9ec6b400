package dev.sirocco.model.sampling;

import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Chooses tokens, one after another, by their logits. The package documentation says how. Not thread-safe. */
public final class Sampler {
    private final SamplerSettings settings;
    private final SplittableRandom random;

    public Sampler(SamplerSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * {@return the next token's id}
     *
     * @param logits (vocab); only read
     * @throws IllegalArgumentException if a logit is not a number or positive infinity, or all are negative infinity
     */
    public int sample(FloatArray logits) {
        int best = mostLikely(logits);
        if (settings.isGreedy()) {
            return best;
        }
        Candidates candidates = Candidates.of(logits, settings.topK());
        candidates.keepTopP(settings.topP());
        candidates.keepMinP(settings.minP());
        return candidates.draw(settings.temperature(), random.nextDouble());
    }

    /** {@return the lowest id of those with the largest logit} */
    private static int mostLikely(FloatArray logits) {
        int best = 0;
        for (int id = 0; id < logits.getSize(); id++) {
            float logit = logits.get(id);
            if (!(logit < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the logit of token " + id + " is " + logit
                        + ", so no token can be chosen; the model's weights are damaged, or do not fit its "
                        + "configuration");
            }
            if (logit > logits.get(best)) {
                best = id;
            }
        }
        if (logits.getSize() == 0 || logits.get(best) == Float.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("no token has a probability above zero, so none can be chosen");
        }
        return best;
    }
}
