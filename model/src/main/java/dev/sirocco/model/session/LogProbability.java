package dev.sirocco.model.session;

/** The logarithm of a softmax at one place. */
final class LogProbability {
    private LogProbability() {}

    /**
     * {@return the natural logarithm of a token's probability}
     *
     * @param logits (vocab)
     * @throws IllegalArgumentException when they are not numbers
     */
    static double of(float[] logits, int token) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit); // NaN wins
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double result = logits[token] - largest - Math.log(sum);
        if (Double.isNaN(result)) {
            throw new IllegalArgumentException("the logits are not numbers, so no token has a probability; the model's "
                    + "weights are damaged, or do not fit its configuration");
        }
        return result;
    }
}
