package dev.sirocco.model.session;

import java.util.Arrays;

/**
 * How well a model predicts a text, estimated as llama.cpp's {@code perplexity} does it: the text is cut into windows
 * of one length; in each, the first tokens only give context, and the others are scored. Where sequences begin with a
 * token of their own, that stands in place of each window's first. Source: {@code perplexity.cpp}.
 */
public final class Perplexity {
    private final Session session;
    private final Windows cut;
    private int windows;
    private int tokens;
    private double sum;
    private double sumOfSquares;

    /**
     * How a text is cut.
     *
     * @param length tokens of a window, at least 4
     * @param step   from where one window begins to where the next one does
     * @param scored how many tokens at the end of each are scored
     */
    public record Windows(int length, int step, int scored) {
        public Windows {
            if (length < 4 || step < 1 || scored < 1 || scored > length - 2) {
                throw new IllegalArgumentException(
                        "windows of " + length + " tokens, each " + step + " after the last, " + scored + " scored");
            }
        }

        /** {@return windows side by side, of which the second half is scored} */
        public static Windows sideBySide(int length) {
            return new Windows(length, length, length - 1 - length / 2);
        }

        /**
         * {@return windows of which each begins {@code stride} tokens after the last, and scores the tokens that are
         * new in it: they have more context than with {@link #sideBySide}, which costs more windows}
         */
        public static Windows strided(int length, int stride) {
            return new Windows(length, stride, stride);
        }

        /** {@return how many windows a text has; a rest that fills none is left out} */
        public int of(int tokens) {
            return tokens < length ? 0 : (tokens - length) / step + 1;
        }
    }

    /**
     * @param session is emptied for each window
     * @param cut     into windows that fit the session's context
     */
    public Perplexity(Session session, Windows cut) {
        if (cut.length() > session.context()) {
            throw new IllegalArgumentException(
                    "a window of " + cut.length() + " tokens; the context has " + session.context());
        }
        this.session = session;
        this.cut = cut;
    }

    /**
     * Scores one window of a text and adds it to the estimate.
     *
     * @param ids   the whole text
     * @param index of the window
     * @throws IllegalArgumentException when the model's logits are not numbers
     */
    public void add(int[] ids, int index) {
        int[] chunk = Arrays.copyOfRange(ids, index * cut.step(), index * cut.step() + cut.length());
        if (session.model().tokenizer().addsBos()) {
            chunk[0] = session.model().tokenizer().bosId();
        }
        for (double logProbability : session.score(chunk, cut.length() - 1 - cut.scored(), LogitsListener.NONE)) {
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
