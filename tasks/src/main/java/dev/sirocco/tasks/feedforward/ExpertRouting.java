package dev.sirocco.tasks.feedforward;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sends tokens to experts and their answers back (Jiang et al., arXiv 2401.04088). A token's experts are those with
 * the largest logits; each answers in proportion to the softmax over just these. What an expert computes runs as a
 * step of its own, whose rows are the tokens that chose it: an expert that no token chose does nothing, and its
 * weights are not read.
 */
public final class ExpertRouting {
    /** Less than any logit: marks the ones that are taken. */
    private static final float TAKEN = -1e30f;

    private ExpertRouting() {}

    /**
     * Chooses experts.
     *
     * @param logits  (batch, experts), of which the chosen ones are overwritten
     * @param shares  (batch, experts), written: an expert's part of the answer, 0 where it was not chosen
     * @param step    see {@link StepState}
     * @param batch   the most rows that a step can have
     * @param experts of the layer
     * @param chosen  experts a token has, at most {@code experts}
     */
    public static void chooseExperts(
            FloatArray logits, FloatArray shares, IntArray step, int batch, int experts, int chosen) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t < step.get(StepState.ROWS)) {
                int row = t * experts;
                for (int e = 0; e < experts; e++) {
                    shares.set(row + e, 0f);
                }
                float largest = 0f;
                float total = 0f;
                for (int k = 0; k < chosen; k++) {
                    int best = 0;
                    for (int e = 1; e < experts; e++) {
                        best = logits.get(row + e) > logits.get(row + best) ? e : best;
                    }
                    float logit = logits.get(row + best);
                    largest = k == 0 ? logit : largest;
                    float share = TornadoMath.exp(logit - largest);
                    total += share;
                    shares.set(row + best, share);
                    logits.set(row + best, TAKEN);
                }
                float normalise = 1f / total;
                for (int e = 0; e < experts; e++) {
                    shares.set(row + e, shares.get(row + e) * normalise);
                }
            }
        }
    }

    /**
     * Lists the tokens of one expert and sets its step. One work-item: the list is in order.
     *
     * @param shares     (batch, experts)
     * @param rows       (batch), written: the rows of the tokens that chose the expert
     * @param expertStep written: its rows are those tokens
     * @param step       see {@link StepState}
     * @param lists      1
     * @param experts    of the layer
     * @param expert     which of them
     */
    public static void listTokens(
            FloatArray shares, IntArray rows, IntArray expertStep, IntArray step, int lists, int experts, int expert) {
        for (@Parallel int list = 0; list < lists; list++) {
            int count = 0;
            int tokens = step.get(StepState.ROWS);
            for (int t = 0; t < tokens; t++) {
                if (shares.get(t * experts + expert) > 0f) {
                    rows.set(count, t);
                    count++;
                }
            }
            expertStep.set(StepState.POSITION, 0);
            expertStep.set(StepState.ROWS, count);
            expertStep.set(StepState.FIRST_ROW, 0);
        }
    }

    /**
     * Copies an expert's tokens together: {@code out[i] = x[rows[i]]}.
     *
     * @param x          (batch, dim)
     * @param rows       (batch)
     * @param out        (batch, dim)
     * @param expertStep whose rows they are
     * @param batch      the most rows that a step can have
     * @param dim        length of a row
     */
    public static void gatherRows(
            FloatArray x, IntArray rows, FloatArray out, IntArray expertStep, int batch, int dim) {
        for (@Parallel int i = 0; i < batch; i++) {
            if (i < expertStep.get(StepState.ROWS)) {
                int from = rows.get(i) * dim;
                for (int d = 0; d < dim; d++) {
                    out.set(i * dim + d, x.get(from + d));
                }
            }
        }
    }

    /**
     * Adds an expert's answers to their tokens: {@code h[rows[i]] += share · answers[i]}.
     *
     * @param answers    (batch, dim)
     * @param rows       (batch)
     * @param shares     (batch, experts)
     * @param h          (batch, dim)
     * @param expertStep whose rows they are
     * @param batch      the most rows that a step can have
     * @param dim        length of a row
     * @param experts    of the layer
     * @param expert     which of them
     */
    public static void addAnswers(
            FloatArray answers,
            IntArray rows,
            FloatArray shares,
            FloatArray h,
            IntArray expertStep,
            int batch,
            int dim,
            int experts,
            int expert) {
        for (@Parallel int i = 0; i < batch; i++) {
            for (@Parallel int d = 0; d < dim; d++) {
                if (i < expertStep.get(StepState.ROWS)) {
                    int row = rows.get(i);
                    float share = shares.get(row * experts + expert);
                    h.set(row * dim + d, h.get(row * dim + d) + share * answers.get(i * dim + d));
                }
            }
        }
    }
}
