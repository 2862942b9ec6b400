package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.feedforward.ExpertRouting;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A block's mixture of experts as tasks, whatever the shape of the kernels that multiply. Experts follow each other;
 * each is a step of its own over the tokens that chose it, so that the weights of an expert are read once for all of
 * them, and not at all when there are none.
 */
final class ExpertTasks {
    /** How one expert computes {@code answers = W₂(silu(W₁ x) · W₃ x)} of its tokens. */
    interface Network {
        /**
         * Adds the tasks.
         *
         * @param step    the expert's
         * @param suffix  of their names
         * @param answers (batch, dim)
         */
        void add(StepGraph step, String suffix, GatedWeights expert, FloatArray answers);
    }

    private final TransformerShape shape;
    private final FloatArray logits; // (chunk, experts)
    private final FloatArray shares; // (chunk, experts)
    private final IntArray rows; // (chunk), the rows of an expert's tokens
    private final IntArray expertStep;
    private final FloatArray gathered; // (chunk, dim), an expert's tokens
    private final FloatArray answers; // (chunk, dim)

    /** @param gathered (chunk, dim), where an expert's tokens are put together; its network's input */
    ExpertTasks(TransformerShape shape, FloatArray gathered) {
        this.shape = shape;
        this.gathered = gathered;
        int chunk = shape.chunk();
        int experts = Math.max(1, shape.experts().count());
        logits = new FloatArray(chunk * experts);
        shares = new FloatArray(chunk * experts);
        rows = new IntArray(chunk);
        expertStep = new IntArray(ExpertRouting.STEP_SIZE);
        answers = new FloatArray(shape.experts().count() == 0 ? 1 : chunk * shape.dim());
    }

    /** {@return the arrays that these tasks write} */
    List<Object> scratch() {
        return List.of(logits, shares, rows, expertStep, gathered, answers);
    }

    /** {@return (chunk, experts), where the product with the router goes} */
    FloatArray logits() {
        return logits;
    }

    /** Adds the task that chooses, after the router's product. */
    void addChoice(StepGraph step) {
        step.tasks()
                .task(
                        "choose_experts",
                        ExpertRouting::chooseExperts,
                        logits,
                        shares,
                        expertStep,
                        step.state(),
                        step.batch(),
                        shape.experts().count(),
                        shape.experts().chosen());
    }

    /**
     * Adds the tasks of an expert, which follows the one before it. A single token's input needs no gathering: the
     * network takes {@code x} itself.
     *
     * @param suffix of the tasks' names
     * @param x      (batch, dim), the block's normed hidden state
     * @param hidden (batch, dim), to which the answers are added
     */
    void addExpert(
            StepGraph step, String suffix, GatedWeights expert, FloatArray x, FloatArray hidden, Network network) {
        int experts = shape.experts().count();
        int batch = step.batch();
        StepGraph each = new StepGraph(step.name(), step.tasks(), expertStep, batch, step.grids());
        step.tasks()
                .task("tokens" + suffix, ExpertRouting::nextExpert, shares, rows, expertStep, step.state(), 1, experts);
        if (batch > 1) {
            step.tasks()
                    .task(
                            "gather" + suffix,
                            ExpertRouting::gatherRows,
                            x,
                            rows,
                            gathered,
                            expertStep,
                            batch,
                            shape.dim());
        }
        network.add(each, suffix, expert, answers);
        step.tasks()
                .task(
                        "answers" + suffix,
                        ExpertRouting::addAnswers,
                        answers,
                        rows,
                        shares,
                        hidden,
                        expertStep,
                        batch,
                        shape.dim(),
                        experts);
    }
}
