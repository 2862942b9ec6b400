package dev.sirocco.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ScoresTest {
    @Test
    void perplexityIsThatOfAllTokens() {
        Scores scores = new Scores(new double[] {3, 5}, new int[] {1, 3});
        assertEquals(Math.exp(8.0 / 4), scores.perplexity(), 1e-12);
    }

    /** By hand: 4 tokens, 0.4 nats apart, thus 0.1 a token, which leaves 0.3 − 0.1 and 0.1 − 0.3 of the texts. */
    @Test
    void differenceIsOfBothPerplexitiesAndItsErrorOfTheTextsDifferences() {
        Scores theirs = new Scores(new double[] {3, 5}, new int[] {1, 3});
        Scores ours = new Scores(new double[] {3.3, 5.1}, new int[] {1, 3});
        Scores.Difference above = ours.above(theirs);
        assertEquals(100 * (ours.perplexity() / theirs.perplexity() - 1), above.percent(), 1e-9);
        assertEquals(100 * Math.exp(0.1) * Math.sqrt(2 * (0.04 + 0.04)) / 4, above.standardError(), 1e-9);
    }

    @Test
    void aDifferenceThatIsTheSameForEveryTokenHasNoError() {
        Scores theirs = new Scores(new double[] {3, 5, 2}, new int[] {1, 3, 2});
        Scores ours = new Scores(new double[] {3.01, 5.03, 2.02}, new int[] {1, 3, 2});
        assertEquals(100 * Math.expm1(0.01), ours.above(theirs).percent(), 1e-9);
        assertEquals(0, ours.above(theirs).standardError(), 1e-9);
    }

    /** Two models that differ by nothing but chance: the spread over many draws is what each draw says that it is. */
    @Test
    void errorIsTheSpreadOverManyDrawsOfTexts() {
        SplittableRandom random = new SplittableRandom(1);
        int draws = 2000;
        double squares = 0;
        double errors = 0;
        for (int draw = 0; draw < draws; draw++) {
            double[] ours = new double[200];
            double[] theirs = new double[200];
            int[] tokens = new int[200];
            for (int text = 0; text < tokens.length; text++) {
                tokens[text] = random.nextInt(5, 40);
                theirs[text] = 3.7 * tokens[text] + 10 * random.nextGaussian();
                ours[text] = theirs[text] + 0.1 * Math.sqrt(tokens[text]) * random.nextGaussian();
            }
            Scores.Difference above = new Scores(ours, tokens).above(new Scores(theirs, tokens));
            squares += above.percent() * above.percent();
            errors += above.standardError();
        }
        double spread = Math.sqrt(squares / draws);
        assertTrue(Math.abs(errors / draws / spread - 1) < 0.06, errors / draws + " for " + spread);
    }
}
