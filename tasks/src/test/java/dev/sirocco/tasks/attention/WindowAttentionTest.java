package dev.sirocco.tasks.attention;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class WindowAttentionTest {
    @Parameter
    KernelRunner runner;

    Stream<Arguments> sequences() {
        return runner
                .sizes()
                .of(List.of(
                        // heads, kvHeads, headDim, window, chunk, length
                        Arguments.of(1, 1, 2, 5, 1, 23),
                        Arguments.of(4, 4, 8, 1, 4, 12),
                        Arguments.of(8, 2, 16, 16, 16, 100),
                        Arguments.of(4, 2, 6, 33, 5, 140),
                        Arguments.of(2, 1, 128, 0, 9, 70),
                        Arguments.of(3, 3, 34, 100, 1, 37),
                        Arguments.of(4, 1, 6, 5, 3, 40),
                        Arguments.of(6, 2, 10, 5, 7, 61)))
                .stream();
    }

    /** Runs a whole sequence in chunks through a rolling buffer and compares with attention over all of it. */
    @ParameterizedTest
    @MethodSource("sequences")
    void rollingBufferEqualsFullCacheUnderTheWindowMask(
            int heads, int kvHeads, int headDim, int window, int chunk, int length) {
        RollingBuffer buffer = RollingBuffer.of(window, chunk, length);
        FloatArray allQueries = gaussian(length * heads * headDim, 1);
        FloatArray allKeys = gaussian(length * kvHeads * headDim, 2);
        FloatArray allValues = gaussian(length * kvHeads * headDim, 3);
        KvCache cache = KvCache.allocate(CacheFormat.F32, kvHeads, headDim, buffer);
        cache.keys().init(Samples.POISON);
        cache.values().init(Samples.POISON);
        FloatArray q = poisoned(chunk * heads * headDim);

        for (int start = 0; start < length; start += chunk) {
            int rows = Math.min(chunk, length - start);
            for (int i = 0; i < rows * heads * headDim; i++) {
                q.set(i, allQueries.get(start * heads * headDim + i));
            }
            for (int t = 0; t < rows; t++) {
                store(allKeys, cache.keys(), start + t, kvHeads, headDim, buffer);
                store(allValues, cache.values(), start + t, kvHeads, headDim, buffer);
            }
            FloatArray out = poisoned(chunk * heads * headDim);
            runner.run(attention(q, cache, out, step(start, rows, 0), chunk, heads, kvHeads, headDim));
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
        KvCache cache = new KvCache(
                CacheFormat.F32, RollingBuffer.of(3, 1, 3), keys, values, new ByteArray(1), new ByteArray(1));
        runner.run(attention(q, cache, out, step(2, 1, 0), 1, 1, 1, headDim));
        double weight = Math.exp(150 * (8.99f - 9.0));
        for (int d = 0; d < headDim; d++) {
            double expected = (values.get(4 + d) + weight * values.get(8 + d)) / (1 + weight);
            assertNear(expected, out.get(d), 2e-3, "element " + d); // scores near 1350 are good to 1e-4
        }
    }

    Stream<Arguments> packedCaches() {
        return runner
                .sizes()
                .of(List.of(
                        Arguments.of(CacheFormat.F16, 4, 2, 6, 1, 7, 9),
                        Arguments.of(CacheFormat.Q8_0, 10, 1, 96, 1, 40, 33),
                        Arguments.of(CacheFormat.F16, 6, 1, 34, 3, 20, 30),
                        Arguments.of(CacheFormat.Q8_0, 4, 1, 32, 2, 5, 21)))
                .stream();
    }

    /** Packed caches against the same numbers in fp32: what the kernel reads of them is exact. */
    @ParameterizedTest
    @MethodSource("packedCaches")
    void readsPackedCaches(CacheFormat format, int heads, int kvHeads, int headDim, int chunk, int window, int length) {
        RollingBuffer buffer = RollingBuffer.of(window, chunk, length);
        KvCache packed = KvCache.allocate(format, kvHeads, headDim, buffer);
        KvCache plain = KvCache.allocate(CacheFormat.F32, kvHeads, headDim, buffer);
        FloatArray rows = gaussian(kvHeads * buffer.capacity() * headDim, 5);
        for (int row = 0; row < kvHeads * buffer.capacity(); row++) {
            CacheRows.store(format.code(), rows, row * headDim, packed.keys(), packed.packedKeys(), row, headDim);
            CacheRows.store(format.code(), rows, row * headDim, packed.values(), packed.packedValues(), row, headDim);
        }
        for (int i = 0; i < rows.getSize(); i++) {
            plain.keys().set(i, (float) stored(format, packed.packedKeys(), i));
            plain.values().set(i, (float) stored(format, packed.packedValues(), i));
        }
        FloatArray q = gaussian(chunk * heads * headDim, 6);
        FloatArray expected = poisoned(q.getSize());
        FloatArray actual = poisoned(q.getSize());
        runner.run(attention(q, plain, expected, step(length - chunk, chunk, 0), chunk, heads, kvHeads, headDim));
        runner.run(attention(q, packed, actual, step(length - chunk, chunk, 0), chunk, heads, kvHeads, headDim));
        for (int i = 0; i < q.getSize(); i++) {
            assertNear(expected.get(i), actual.get(i), 1e-5, "element " + i); // as above
        }
    }

    private static double stored(CacheFormat format, ByteArray bytes, int i) {
        return switch (format) {
            case F32 -> throw new IllegalArgumentException();
            case F16 -> half(bytes, 2 * i);
            case Q8_0 -> half(bytes, i / 32 * 34) * bytes.get(i / 32 * 34 + 2 + i % 32);
        };
    }

    private static double half(ByteArray bytes, int at) {
        return Float.float16ToFloat((short) (Byte.toUnsignedInt(bytes.get(at)) + 256 * bytes.get(at + 1)));
    }

    private static KernelCall attention(
            FloatArray q,
            KvCache cache,
            FloatArray out,
            IntArray step,
            int chunk,
            int heads,
            int kvHeads,
            int headDim) {
        int sharing = WindowAttention.sharing(heads, kvHeads);
        return KernelCall.of(
                WindowAttention::attendWindow,
                q,
                cache.keys(),
                cache.values(),
                cache.packedKeys(),
                cache.packedValues(),
                out,
                step,
                cache.format().code(),
                chunk,
                heads / sharing,
                sharing,
                kvHeads,
                headDim,
                cache.buffer().capacity(),
                cache.buffer().window());
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
