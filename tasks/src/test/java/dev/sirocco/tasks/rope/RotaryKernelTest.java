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
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class RotaryKernelTest {
    private static final double THETA = 1e4;

    @Parameter
    KernelRunner runner;

    Stream<Arguments> shapes() {
        return runner
                .sizes()
                .of(List.of(
                        // heads, kvHeads, headDim, batch, rows, position, capacity, pairs
                        Arguments.of(1, 1, 2, 1, 1, 0, 1, RotaryPairs.ADJACENT),
                        Arguments.of(1, 1, 2, 1, 1, 0, 1, RotaryPairs.HALVES),
                        Arguments.of(4, 2, 6, 3, 3, 0, 8, RotaryPairs.ADJACENT),
                        Arguments.of(4, 2, 6, 3, 3, 0, 8, RotaryPairs.HALVES),
                        Arguments.of(4, 1, 6, 3, 2, 7, 8, RotaryPairs.HALVES),
                        Arguments.of(6, 3, 10, 5, 5, 131070, 7, RotaryPairs.ADJACENT),
                        Arguments.of(2, 2, 128, 2, 0, 5, 4, RotaryPairs.ADJACENT),
                        Arguments.of(2, 2, 128, 2, 0, 5, 4, RotaryPairs.HALVES),
                        Arguments.of(4, 1, 6, 3, 2, 7, 8, RotaryPairs.ADJACENT),
                        Arguments.of(6, 3, 10, 5, 5, 131070, 7, RotaryPairs.HALVES)))
                .stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rotatesQueriesAndStoresKeysAndValues(
            int heads, int kvHeads, int headDim, int batch, int rows, int position, int capacity, RotaryPairs pairs) {
        FloatArray q = gaussian(batch * heads * headDim, 1);
        FloatArray k = gaussian(batch * kvHeads * headDim, 2);
        FloatArray v = gaussian(batch * kvHeads * headDim, 3);
        double[] before = doubles(q);
        double[] keysBefore = doubles(k);
        FloatArray rotation = poisoned(batch * RotaryTable.length(headDim));
        Rotary rotary = new Rotary(THETA, pairs, RotaryScaling.NONE, new QueryTemperature(0.1, 1000));
        new RotaryTable(headDim, rotary).fill(rotation, position, rows);
        KvCache cache = KvCache.allocate(CacheFormat.F32, kvHeads, headDim, RollingBuffer.of(capacity, 1, capacity));
        FloatArray keys = cache.keys();
        FloatArray values = cache.values();
        keys.init(Samples.POISON);
        values.init(Samples.POISON);

        runner.run(rotation(q, k, v, rotation, cache, step(position, rows, 0), batch, heads, kvHeads, pairs));

        int written = 0;
        for (int t = 0; t < rows; t++) {
            for (int head = 0; head < heads; head++) {
                double[] expected = rotate(before, (t * heads + head) * headDim, headDim, position + t, pairs);
                for (int i = 0; i < headDim; i++) {
                    expected[i] *= 1 + 0.1 * Math.log(1 + Math.floor((position + t) / 1000.0));
                }
                assertRow(expected, q, (t * heads + head) * headDim, "query");
            }
            int slot = (position + t) % capacity;
            for (int head = 0; head < kvHeads; head++) {
                int from = (t * kvHeads + head) * headDim;
                int to = (head * capacity + slot) * headDim;
                assertRow(rotate(keysBefore, from, headDim, position + t, pairs), keys, to, "key");
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

    @ParameterizedTest
    @EnumSource(
            value = CacheFormat.class,
            names = {"F16", "Q8_0"})
    void roundsWhatItStoresToTheTypeOfTheCache(CacheFormat format) {
        int kvHeads = 2;
        int headDim = 64;
        int capacity = 3;
        FloatArray q = gaussian(kvHeads * headDim, 1);
        FloatArray k = gaussian(kvHeads * headDim, 2);
        FloatArray v = gaussian(kvHeads * headDim, 3);
        v.set(0, 0f);
        v.set(1, -1e6f); // beyond binary16: F16 keeps the largest number
        v.set(2, 3e-6f); // subnormal there
        FloatArray rotation = new FloatArray(RotaryTable.length(headDim));
        Rotary rotary = Rotary.of(THETA, RotaryPairs.ADJACENT);
        new RotaryTable(headDim, rotary).fill(rotation, 4, 1);
        KvCache cache = KvCache.allocate(format, kvHeads, headDim, RollingBuffer.of(capacity, 1, capacity));
        runner.run(rotation(q, k, v, rotation, cache, step(4, 1, 0), 1, kvHeads, kvHeads, RotaryPairs.ADJACENT));
        for (int head = 0; head < kvHeads; head++) {
            for (int i = 0; i < headDim; i++) {
                float expected = v.get(head * headDim + i);
                int at = (head * capacity + 1) * headDim + i;
                if (format == CacheFormat.F16) {
                    float bounded = Math.clamp(expected, -65504f, 65504f);
                    short half = Float.floatToFloat16(bounded);
                    ByteArray bytes = cache.packedValues();
                    short actual = (short) (Byte.toUnsignedInt(bytes.get(2 * at)) + 256 * bytes.get(2 * at + 1));
                    assertEquals(half, actual, "value " + expected);
                } else {
                    float largest = 0;
                    for (int j = i / 32 * 32; j < i / 32 * 32 + 32; j++) {
                        largest = Math.max(largest, Math.abs(v.get(head * headDim + j)));
                    }
                    int block = at / 32 * 34;
                    ByteArray bytes = cache.packedValues();
                    float scale = Float.float16ToFloat(
                            (short) (Byte.toUnsignedInt(bytes.get(block)) + 256 * bytes.get(block + 1)));
                    assertEquals(Math.round(expected / largest * 127), bytes.get(block + 2 + at % 32), 1, "value " + i);
                    assertEquals(largest / 127, scale, largest / 127 / 1024, "scale");
                }
            }
        }
    }

    private static KernelCall rotation(
            FloatArray q,
            FloatArray k,
            FloatArray v,
            FloatArray rotation,
            KvCache cache,
            IntArray step,
            int batch,
            int heads,
            int kvHeads,
            RotaryPairs pairs) {
        int headDim = rotation.getSize() / batch - 1;
        return KernelCall.of(
                RotaryKernel::rotateAndStore,
                q,
                k,
                v,
                rotation,
                cache.keys(),
                cache.values(),
                cache.packedKeys(),
                cache.packedValues(),
                step,
                cache.format().code(),
                batch,
                heads,
                kvHeads,
                headDim,
                cache.buffer().capacity(),
                pairs.distance(headDim));
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

    /** Two products of numbers of magnitude up to about 5, each rounded, of rounded sines and temperatures. */
    private static void assertRow(double[] expected, FloatArray actual, int from, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertNear(expected[i], actual.get(from + i), 8 * Samples.FLOAT_ROUNDING * 5, what + " element " + i);
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
