package dev.sirocco.tasks.attention;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class WindowAttentionTest {
    @Parameter
    KernelRunner runner;

    /** Runs a whole sequence in chunks through a rolling buffer and compares with attention over all of it. */
    @ParameterizedTest
    @CsvSource({
        // heads, kvHeads, headDim, window, chunk, length
        "1, 1, 2, 5, 1, 23",
        "4, 1, 6, 5, 3, 40",
        "6, 2, 10, 5, 7, 61",
        "4, 4, 8, 1, 4, 12",
        "8, 2, 16, 16, 16, 100",
        "4, 2, 6, 33, 5, 140",
        "2, 1, 128, 0, 9, 70",
        "3, 3, 34, 100, 1, 37",
    })
    void rollingBufferEqualsFullCacheUnderTheWindowMask(
            int heads, int kvHeads, int headDim, int window, int chunk, int length) {
        RollingBuffer buffer = RollingBuffer.of(window, chunk, length);
        FloatArray allQueries = gaussian(length * heads * headDim, 1);
        FloatArray allKeys = gaussian(length * kvHeads * headDim, 2);
        FloatArray allValues = gaussian(length * kvHeads * headDim, 3);
        FloatArray keys = poisoned(kvHeads * buffer.capacity() * headDim);
        FloatArray values = poisoned(kvHeads * buffer.capacity() * headDim);
        FloatArray q = poisoned(chunk * heads * headDim);

        for (int start = 0; start < length; start += chunk) {
            int rows = Math.min(chunk, length - start);
            for (int i = 0; i < rows * heads * headDim; i++) {
                q.set(i, allQueries.get(start * heads * headDim + i));
            }
            for (int t = 0; t < rows; t++) {
                store(allKeys, keys, start + t, kvHeads, headDim, buffer);
                store(allValues, values, start + t, kvHeads, headDim, buffer);
            }
            FloatArray out = poisoned(chunk * heads * headDim);
            runner.run(KernelCall.of(
                    WindowAttention::attendWindow,
                    q,
                    keys,
                    values,
                    out,
                    step(start, rows, 0),
                    chunk,
                    heads,
                    kvHeads,
                    headDim,
                    buffer.capacity(),
                    buffer.window()));
            for (int t = 0; t < rows; t++) {
                for (int head = 0; head < heads; head++) {
                    double[] expected = attend(
                            allQueries, allKeys, allValues, start + t, head, heads, kvHeads, headDim, buffer.window());
                    for (int d = 0; d < headDim; d++) {
                        // Scores of magnitude below 10 are good to 1e-6, and so are their exponentials, relatively;
                        // the mean of values below 5 that they weigh is good to about twice that, times 5.
                        assertNear(
                                expected[d],
                                out.get((t * heads + head) * headDim + d),
                                1e-5,
                                "position " + (start + t) + ", head " + head + ", element " + d);
                    }
                }
            }
            for (int i = rows * heads * headDim; i < out.getSize(); i++) {
                assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
            }
        }
    }

    @Test
    void survivesScoresThatOverflowAnExponential() {
        int headDim = 4;
        FloatArray q = FloatArray.fromElements(300f, 0f, 0f, 0f);
        FloatArray keys = FloatArray.fromElements(-9f, 0, 0, 0, 9f, 0, 0, 0, 8.99f, 0, 0, 0);
        FloatArray values = FloatArray.fromElements(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        FloatArray out = poisoned(headDim);
        runner.run(KernelCall.of(
                WindowAttention::attendWindow, q, keys, values, out, step(2, 1, 0), 1, 1, 1, headDim, 3, 3));
        double weight = Math.exp(150 * (8.99f - 9.0));
        for (int d = 0; d < headDim; d++) {
            double expected = (values.get(4 + d) + weight * values.get(8 + d)) / (1 + weight);
            assertNear(expected, out.get(d), 2e-3, "element " + d); // scores near 1350 are good to 1e-4
        }
    }

    private static void store(
            FloatArray from, FloatArray cache, int position, int kvHeads, int headDim, RollingBuffer buffer) {
        for (int head = 0; head < kvHeads; head++) {
            for (int d = 0; d < headDim; d++) {
                cache.set(
                        (head * buffer.capacity() + buffer.slot(position)) * headDim + d,
                        from.get((position * kvHeads + head) * headDim + d));
            }
        }
    }

    private static double[] attend(
            FloatArray queries,
            FloatArray keys,
            FloatArray values,
            int position,
            int head,
            int heads,
            int kvHeads,
            int headDim,
            int window) {
        int kvHead = head / (heads / kvHeads);
        double[] out = new double[headDim];
        double total = 0;
        for (int j = 0; j <= position; j++) {
            if (j > position - window) {
                double score = 0;
                for (int d = 0; d < headDim; d++) {
                    score += (double) queries.get((position * heads + head) * headDim + d)
                            * keys.get((j * kvHeads + kvHead) * headDim + d);
                }
                double weight = Math.exp(score / Math.sqrt(headDim));
                total += weight;
                for (int d = 0; d < headDim; d++) {
                    out[d] += weight * values.get((j * kvHeads + kvHead) * headDim + d);
                }
            }
        }
        for (int d = 0; d < headDim; d++) {
            out[d] /= total;
        }
        return out;
    }
}
