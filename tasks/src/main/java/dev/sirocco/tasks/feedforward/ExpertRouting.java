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
 * weights are not read. Which expert that is counts up on the device, so that all experts share their kernels.
 */
public final class ExpertRouting {
    /** Less than any logit: marks the ones that are taken. */
    private static final float TAKEN = -1e30f;

    /** Where an expert's step has the expert. */
    public static final int EXPERT = StepState.SIZE;

    /** Elements of an expert's step. */
    public static final int STEP_SIZE = StepState.SIZE + 1;

    private ExpertRouting() {}

    /**
     * Chooses experts, and begins to count them.
     *
     * @param logits  (batch, experts), of which the chosen ones are overwritten
     * @param shares  (batch, experts), written: an expert's part of the answer, 0 where it was not chosen
     * @param expertStep set to the one before the first expert
     * @param step    see {@link StepState}
     * @param batch   the most rows that a step can have
     * @param experts of the layer
     * @param chosen  experts a token has, at most {@code experts}
     */
    public static void chooseExperts(
            FloatArray logits,
            FloatArray shares,
            IntArray expertStep,
            IntArray step,
            int batch,
            int experts,
            int chosen) {
        for (@Parallel int t = 0; t < batch; t++) {
            if (t == 0) {
                expertStep.set(EXPERT, -1);
            }
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
     * Goes on to the next expert: lists its tokens and sets its step. One work-item: the list is in order.
     *
     * @param shares     (batch, experts)
     * @param rows       (batch), written: the rows of the tokens that chose the expert
     * @param expertStep written: the expert, and those tokens as rows
     * @param step       see {@link StepState}
     * @param lists      1
     * @param experts    of the layer
     */
    public static void nextExpert(
            FloatArray shares, IntArray rows, IntArray expertStep, IntArray step, int lists, int experts) {
        for (@Parallel int list = 0; list < lists; list++) {
            int expert = expertStep.get(EXPERT) + 1;
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
            expertStep.set(EXPERT, expert);
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
            for (@Parallel int d = 0; d < dim; d++) {
                if (i < expertStep.get(StepState.ROWS)) {
                    out.set(i * dim + d, x.get(rows.get(i) * dim + d));
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
     * @param expertStep whose rows they are, and which has the expert
     * @param batch      the most rows that a step can have
     * @param dim        length of a row
     * @param experts    of the layer
     */
    public static void addAnswers(
            FloatArray answers,
            IntArray rows,
            FloatArray shares,
            FloatArray h,
            IntArray expertStep,
            int batch,
            int dim,
            int experts) {
        for (@Parallel int i = 0; i < batch; i++) {
            for (@Parallel int d = 0; d < dim; d++) {
                if (i < expertStep.get(StepState.ROWS)) {
                    int row = rows.get(i);
                    float share = shares.get(row * experts + expertStep.get(EXPERT));
                    h.set(row * dim + d, h.get(row * dim + d) + share * answers.get(i * dim + d));
                }
            }
        }
    }
}
