package dev.sirocco.benchmarks.quality;

/**
 * How well a model predicts some texts.
 *
 * @param nats   (texts), the negative logarithm of each text's probability
 * @param tokens (texts), how many were predicted of each
 */
public record Scores(double[] nats, int[] tokens) {

    /**
     * How much higher one model's perplexity is than another's, both over the same texts.
     *
     * @param percent       of the other's
     * @param standardError of that, in percent, as if the texts were drawn at random; NaN for a single text
     */
    public record Difference(double percent, double standardError) {}

    /** {@return the perplexity of all tokens} */
    public double perplexity() {
        return Math.exp(sum(nats) / predicted());
    }

    /**
     * {@return how much higher this perplexity is} What makes a text hard is hard for both models, so that their
     * difference on each text is known far better than either perplexity: its error is that of a ratio of two sums
     * over the texts, nats by which the models differ and tokens. Source: Cochran, Sampling Techniques, section 6.4.
     */
    public Difference above(Scores other) {
        double mean = (sum(nats) - sum(other.nats)) / predicted();
        double squares = 0;
        for (int text = 0; text < nats.length; text++) {
            double rest = nats[text] - other.nats[text] - mean * tokens[text];
            squares += rest * rest;
        }
        double count = nats.length;
        double error = Math.sqrt(count / (count - 1) * squares) / predicted();
        return new Difference(100 * Math.expm1(mean), 100 * Math.exp(mean) * error);
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    private double predicted() {
        double sum = 0;
        for (int count : tokens) {
            sum += count;
        }
        return sum;
    }
}
