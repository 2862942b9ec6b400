package dev.sirocco.tasks.rope;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.doubles;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class RotaryKernelTest {
    private static final double THETA = 1e4;

    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({
        // heads, kvHeads, headDim, batch, rows, position, capacity, pairs
        "1, 1, 2, 1, 1, 0, 1, ADJACENT",
        "1, 1, 2, 1, 1, 0, 1, HALVES",
        "4, 2, 6, 3, 3, 0, 8, ADJACENT",
        "4, 2, 6, 3, 3, 0, 8, HALVES",
        "4, 1, 6, 3, 2, 7, 8, ADJACENT",
        "4, 1, 6, 3, 2, 7, 8, HALVES",
        "6, 3, 10, 5, 5, 131070, 7, ADJACENT",
        "6, 3, 10, 5, 5, 131070, 7, HALVES",
        "2, 2, 128, 2, 0, 5, 4, ADJACENT",
        "2, 2, 128, 2, 0, 5, 4, HALVES",
    })
    void rotatesQueriesAndStoresKeysAndValues(
            int heads, int kvHeads, int headDim, int batch, int rows, int position, int capacity, RotaryPairs pairs) {
        FloatArray q = gaussian(batch * heads * headDim, 1);
        FloatArray k = gaussian(batch * kvHeads * headDim, 2);
        FloatArray v = gaussian(batch * kvHeads * headDim, 3);
        double[] before = doubles(q);
        FloatArray rotation = poisoned(batch * headDim);
        new RotaryTable(headDim, THETA).fill(rotation, position, rows);
        FloatArray keys = poisoned(kvHeads * capacity * headDim);
        FloatArray values = poisoned(kvHeads * capacity * headDim);

        runner.run(KernelCall.of(
                RotaryKernel::rotateAndStore,
                q,
                k,
                v,
                rotation,
                keys,
                values,
                step(position, rows, 0),
                batch,
                heads,
                kvHeads,
                headDim,
                capacity,
                pairs.distance(headDim)));

        int written = 0;
        for (int t = 0; t < rows; t++) {
            for (int head = 0; head < heads; head++) {
                double[] expected = rotate(before, (t * heads + head) * headDim, headDim, position + t, pairs);
                assertRow(expected, q, (t * heads + head) * headDim, "query");
            }
            int slot = (position + t) % capacity;
            for (int head = 0; head < kvHeads; head++) {
                int from = (t * kvHeads + head) * headDim;
                int to = (head * capacity + slot) * headDim;
                assertRow(rotate(doubles(k), from, headDim, position + t, pairs), keys, to, "key");
                for (int i = 0; i < headDim; i++) {
                    assertEquals(v.get(from + i), values.get(to + i), "values are stored as they are");
                    written++;
                }
            }
        }
        for (int i = rows * heads * headDim; i < before.length; i++) {
            assertEquals((float) before[i], q.get(i), "query element " + i + " belongs to no row of the step");
        }
        assertEquals(keys.getSize() - written, poison(keys), "elements of the key cache that were left alone");
        assertEquals(values.getSize() - written, poison(values), "elements of the value cache that were left alone");
    }

    private static double[] rotate(double[] x, int from, int headDim, int position, RotaryPairs pairs) {
        double[] rotated = new double[headDim];
        for (int pair = 0; pair < headDim / 2; pair++) {
            double angle = position * Math.pow(THETA, -2.0 * pair / headDim);
            int first = pairs == RotaryPairs.HALVES ? pair : 2 * pair;
            int second = pairs == RotaryPairs.HALVES ? pair + headDim / 2 : 2 * pair + 1;
            rotated[first] = x[from + first] * Math.cos(angle) - x[from + second] * Math.sin(angle);
            rotated[second] = x[from + first] * Math.sin(angle) + x[from + second] * Math.cos(angle);
        }
        return rotated;
    }

    /** Two products of numbers of magnitude up to about 5, each rounded, of rounded sines. */
    private static void assertRow(double[] expected, FloatArray actual, int from, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertNear(expected[i], actual.get(from + i), 6 * Samples.FLOAT_ROUNDING * 5, what + " element " + i);
        }
    }

    private static int poison(FloatArray array) {
        int count = 0;
        for (int i = 0; i < array.getSize(); i++) {
            count += array.get(i) == Samples.POISON ? 1 : 0;
        }
        return count;
    }
}
