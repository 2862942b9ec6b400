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
            Perplexity perplexity = new Perplexity(session, WINDOW);
            assertEquals(3, Perplexity.windows(ids.length, WINDOW));
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
            assertThrows(IllegalArgumentException.class, () -> new Perplexity(session, WINDOW + 1));
            assertThrows(IllegalArgumentException.class, () -> new Perplexity(session, 3));
        }
    }
}
