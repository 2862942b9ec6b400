package dev.sirocco.tasks.sampling;

import dev.sirocco.tasks.StepGraph;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds the choice of the most likely token to graphs, and reads what was chosen. Owns the arrays between. */
public final class MostLikely {
    /** Enough for every core of a large device, few enough for one work-item to look at. */
    private static final int SLICES = 64;

    private final int vocab;
    private final FloatArray best = new FloatArray(SLICES);
    private final IntArray ids = new IntArray(SLICES);
    private final IntArray numbers = new IntArray(SLICES);
    private final IntArray token = new IntArray(2);
    private final FloatArray logit = new FloatArray(1);

    /** Allocates the arrays. */
    public MostLikely(int vocab) {
        this.vocab = vocab;
    }

    /** {@return the arrays that the host reads after an execution} */
    public List<Object> results() {
        return List.of(token, logit);
    }

    /** {@return the arrays that only the tasks use} */
    public List<Object> scratch() {
        return List.of(best, ids, numbers);
    }

    /** Adds the choice in row shape; {@code logits} is (vocab). */
    public void addRows(StepGraph step, FloatArray logits) {
        step.tasks()
                .task(
                        "choice_slices",
                        SliceChoice::chooseInSlices,
                        logits,
                        best,
                        ids,
                        numbers,
                        step.state(),
                        SLICES,
                        vocab);
        addLast(step);
    }

    /** Adds the choice in workgroup shape; {@code logits} is (vocab), and {@code lanes} a group's work-items. */
    public void addGroups(StepGraph step, FloatArray logits, int lanes) {
        step.tasks()
                .task(
                        "choice_slices",
                        SliceChoice::chooseInGroups,
                        new KernelContext(),
                        logits,
                        best,
                        ids,
                        numbers,
                        step.state(),
                        SLICES,
                        vocab,
                        lanes);
        step.grid("choice_slices", SLICES, lanes);
        addLast(step);
    }

    private void addLast(StepGraph step) {
        step.tasks().task("choice", SliceChoice::chooseSlice, best, ids, numbers, token, logit, SLICES, 1);
    }

    /** {@return what the last execution chose; empty when a logit is no number, so that there is nothing to choose} */
    public Optional<Choice> result() {
        return token.get(1) == vocab ? Optional.of(new Choice(token.get(0), logit.get(0))) : Optional.empty();
    }
}
