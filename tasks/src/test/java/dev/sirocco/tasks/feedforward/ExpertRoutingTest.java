package dev.sirocco.tasks.feedforward;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.StepState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class ExpertRoutingTest {
    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 2, 8, 2", "5, 5, 37, 4", "2, 0, 3, 3"})
    void sharesAreTheSoftmaxOverTheLargestLogits(int batch, int tokens, int experts, int chosen) {
        FloatArray given = gaussian(batch * experts, 1);
        FloatArray logits = gaussian(batch * experts, 1);
        FloatArray shares = poisoned(batch * experts);
        IntArray expertStep = new IntArray(ExpertRouting.STEP_SIZE);
        runner.run(KernelCall.of(
                ExpertRouting::chooseExperts, logits, shares, expertStep, step(3, tokens, 0), batch, experts, chosen));
        assertEquals(-1, expertStep.get(ExpertRouting.EXPERT));
        for (int t = 0; t < tokens; t++) {
            int row = t * experts;
            List<Integer> best = IntStream.range(0, experts)
                    .boxed()
                    .sorted(Comparator.comparing(e -> -given.get(row + e)))
                    .limit(chosen)
                    .toList();
            double total =
                    best.stream().mapToDouble(e -> Math.exp(given.get(row + e))).sum();
            for (int e = 0; e < experts; e++) {
                double expected = best.contains(e) ? Math.exp(given.get(row + e)) / total : 0;
                // Exponentials are good to four units in the last place, of which one of the sum is a part.
                assertNear(expected, shares.get(row + e), 16 * Samples.FLOAT_ROUNDING, "token " + t + ", expert " + e);
            }
        }
        for (int i = tokens * experts; i < batch * experts; i++) {
            assertEquals(Samples.POISON, shares.get(i), "element " + i + " belongs to no row of the step");
        }
    }

    @Test
    void expertsFollowEachOtherWithTheTokensThatChoseThem() {
        int experts = 3;
        FloatArray shares = FloatArray.fromElements(0.5f, 0.5f, 0f, 0f, 1f, 0f, 0.25f, 0.75f, 0f, 1f, 1f, 1f);
        IntArray expertStep = new IntArray(ExpertRouting.STEP_SIZE);
        expertStep.set(ExpertRouting.EXPERT, -1);
        int[][] expected = {{0, 2}, {0, 1, 2}, {}};
        for (int expert = 0; expert < experts; expert++) {
            IntArray rows = new IntArray(4);
            rows.init(-1);
            // the last row of shares is no row of the step
            runner.run(KernelCall.of(ExpertRouting::nextExpert, shares, rows, expertStep, step(7, 3, 0), 1, experts));
            assertEquals(expert, expertStep.get(ExpertRouting.EXPERT));
            assertEquals(expected[expert].length, expertStep.get(StepState.ROWS));
            for (int i = 0; i < 4; i++) {
                assertEquals(i < expected[expert].length ? expected[expert][i] : -1, rows.get(i), "token " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 1", "4, 3, 33", "4, 0, 7"})
    void tokensGoToAnExpertAndItsAnswersBack(int batch, int count, int dim) {
        IntArray rows = IntArray.fromElements(3, 0, 2, 1);
        FloatArray x = gaussian(batch * dim, 4);
        FloatArray gathered = poisoned(batch * dim);
        IntArray expertStep = new IntArray(ExpertRouting.STEP_SIZE);
        expertStep.init(0);
        expertStep.set(StepState.ROWS, count);
        expertStep.set(ExpertRouting.EXPERT, 1);
        runner.run(KernelCall.of(ExpertRouting::gatherRows, x, rows, gathered, expertStep, batch, dim));
        for (int i = 0; i < batch * dim; i++) {
            float expected = i < count * dim ? x.get(rows.get(i / dim) * dim + i % dim) : Samples.POISON;
            assertEquals(expected, gathered.get(i), "element " + i);
        }
        FloatArray shares = FloatArray.fromElements(9f, 0.5f, 9f, 0.25f, 9f, 1f, 9f, 0.125f);
        FloatArray answers = gaussian(batch * dim, 5);
        FloatArray hidden = gaussian(batch * dim, 6);
        FloatArray before = gaussian(batch * dim, 6);
        runner.run(KernelCall.of(ExpertRouting::addAnswers, answers, rows, shares, hidden, expertStep, batch, dim, 2));
        for (int i = 0; i < batch; i++) {
            int row = rows.get(i);
            for (int d = 0; d < dim; d++) {
                double added = i < count ? shares.get(2 * row + 1) * (double) answers.get(i * dim + d) : 0;
                double expected = before.get(row * dim + d) + added;
                assertNear(expected, hidden.get(row * dim + d), 4 * Samples.FLOAT_ROUNDING * 4, "row " + row);
            }
        }
    }
}
