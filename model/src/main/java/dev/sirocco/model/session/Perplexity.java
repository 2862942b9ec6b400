package dev.sirocco.model.session;

import java.util.Arrays;

/**
 * How well a model predicts a text, estimated as llama.cpp's {@code perplexity} does it: the text is cut into windows
 * of one length; in each, the first half only gives context, and the tokens of the second half are scored. Where
 * sequences begin with a token of their own, that stands in place of each window's first. Source: {@code
 * perplexity.cpp}.
 */
public final class Perplexity {
    private final Session session;
    private final int window;
    private int windows;
    private int tokens;
    private double sum;
    private double sumOfSquares;

    /**
     * @param session is emptied for each window
     * @param window  tokens of a window, at least 4 and at most the session's context
     */
    public Perplexity(Session session, int window) {
        if (window < 4 || window > session.context()) {
            throw new IllegalArgumentException(
                    "a window of " + window + " tokens; it must have 4 to " + session.context());
        }
        this.session = session;
        this.window = window;
    }

    /** {@return how many windows a text has; a rest that fills none is left out} */
    public static int windows(int tokens, int window) {
        return tokens / window;
    }

    /**
     * Scores one window of a text and adds it to the estimate.
     *
     * @param ids   the whole text
     * @param index of the window
     * @throws IllegalArgumentException when the model's logits are not numbers
     */
    public void add(int[] ids, int index) {
        int[] chunk = Arrays.copyOfRange(ids, index * window, (index + 1) * window);
        if (session.model().tokenizer().addsBos()) {
            chunk[0] = session.model().tokenizer().bosId();
        }
        for (double logProbability : session.score(chunk, window / 2, LogitsListener.NONE)) {
            sum -= logProbability;
            sumOfSquares += logProbability * logProbability;
            tokens++;
        }
        windows++;
    }

    /** {@return the estimate from the windows so far, of which there must be one} */
    public Estimate estimate() {
        double mean = sum / tokens;
        double variance = sumOfSquares / tokens - mean * mean;
        double error = variance > 0 && tokens > 1 ? Math.sqrt(variance / (tokens - 1)) : 0;
        return new Estimate(windows, tokens, mean, error, Math.exp(mean), error * Math.exp(mean));
    }

    /**
     * What is known so far.
     *
     * @param windows       that were scored
     * @param tokens        that were scored in them
     * @param nll           mean negative log-likelihood of a token, a natural logarithm
     * @param nllError      its standard error
     * @param perplexity    {@code exp(nll)}
     * @param standardError of the perplexity, to first order
     */
    public record Estimate(
            int windows, int tokens, double nll, double nllError, double perplexity, double standardError) {}
}
