package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.runtime.Devices;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerplexityTest {
    private static final int WINDOW = 10;

    @TempDir
    Path folder;

    @Test
    void theSecondHalfOfEachWindowIsScored() {
        Path file = new RandomGguf(RandomGguf.Shape.ODD, GgmlType.F32, 5).write(folder.resolve("m.gguf"));
        int[] ids = new SplittableRandom(1).ints(3 * WINDOW + 4, 259, 301).toArray();
        try (Model model = Model.open(
                file, ModelOptions.DEFAULT.withDevice(Devices.installed().find("reference")))) {
            // The chunk ends within the half that is not scored.
            Session session = model.newSession(new SessionOptions(WINDOW, 4));
            Perplexity perplexity = new Perplexity(session, Perplexity.Windows.sideBySide(WINDOW));
            assertEquals(3, Perplexity.Windows.sideBySide(WINDOW).of(ids.length));
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (int window = 0; window < 3; window++) {
                perplexity.add(ids, window);
                int[] chunk = Arrays.copyOfRange(ids, window * WINDOW, (window + 1) * WINDOW);
                chunk[0] = model.tokenizer().bosId();
                double[] all = session.score(chunk, LogitsListener.NONE);
                for (int token = WINDOW / 2 + 1; token < WINDOW; token++) {
                    sum -= all[token - 1];
                    squares += all[token - 1] * all[token - 1];
                    count++;
                }
            }
            Perplexity.Estimate estimate = perplexity.estimate();
            double mean = sum / count;
            double error = Math.sqrt((squares / count - mean * mean) / (count - 1));
            assertEquals(12, count);
            assertEquals(count, estimate.tokens());
            assertEquals(3, estimate.windows());
            assertEquals(mean, estimate.nll(), 1e-12);
            assertEquals(error, estimate.nllError(), 1e-12);
            assertEquals(Math.exp(mean), estimate.perplexity(), 1e-9);
            assertEquals(error * Math.exp(mean), estimate.standardError(), 1e-9);
            Perplexity.Windows wide = Perplexity.Windows.sideBySide(WINDOW + 1);
            assertThrows(IllegalArgumentException.class, () -> new Perplexity(session, wide));
        }
    }

    @Test
    void withAStrideEachWindowScoresWhatIsNewInIt() {
        Path file = new RandomGguf(RandomGguf.Shape.ODD, GgmlType.F32, 5).write(folder.resolve("m.gguf"));
        int[] ids = new SplittableRandom(2).ints(WINDOW + 7, 259, 301).toArray();
        Perplexity.Windows cut = Perplexity.Windows.strided(WINDOW, 3);
        assertEquals(3, cut.of(ids.length));
        assertEquals(0, cut.of(WINDOW - 1));
        try (Model model = Model.open(
                        file,
                        ModelOptions.DEFAULT.withDevice(Devices.installed().find("reference")));
                Session session = model.newSession(new SessionOptions(WINDOW, 4))) {
            Perplexity perplexity = new Perplexity(session, cut);
            double sum = 0;
            for (int window = 0; window < 3; window++) {
                perplexity.add(ids, window);
                int[] chunk = Arrays.copyOfRange(ids, 3 * window, 3 * window + WINDOW);
                chunk[0] = model.tokenizer().bosId();
                double[] all = session.score(chunk, LogitsListener.NONE);
                sum -= all[WINDOW - 2] + all[WINDOW - 3] + all[WINDOW - 4];
            }
            assertEquals(9, perplexity.estimate().tokens());
            assertEquals(sum / 9, perplexity.estimate().nll(), 1e-12);
        }
    }

    @Test
    void windowsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Perplexity.Windows.sideBySide(3));
        assertThrows(IllegalArgumentException.class, () -> Perplexity.Windows.strided(8, 0));
        assertThrows(IllegalArgumentException.class, () -> Perplexity.Windows.strided(8, 7));
    }
}
