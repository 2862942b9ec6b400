package dev.sirocco.tasks.workgroup;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.CacheRows;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import java.util.ArrayList;
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

/** Attention of work-groups against attention in fp64 over all positions that the window shows. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.workgroup.GroupRunner#all")
class GroupAttentionTest {
    @Parameter
    GroupRunner runner;

    Stream<Arguments> shapes() {
        return runner
                .sizes()
                .of(List.of(
                        // heads, kvHeads, headDim, window, position, batch, lanes, splits, minimum
                        Arguments.of(1, 1, 2, 0, 0, 1, 8, 4, 4), // one position, one split
                        Arguments.of(8, 2, 96, 0, 70, 1, 32, 3, 16), // three splits of unequal size
                        Arguments.of(6, 2, 128, 0, 200, 1, 64, 8, 1), // more positions than a tile in each split
                        Arguments.of(8, 1, 128, 33, 99, 1, 16, 16, 2), // eight heads in a group of few work-items
                        Arguments.of(17, 1, 34, 0, 40, 1, 8, 2, 8), // heads that no group can share
                        Arguments.of(8, 2, 32, 64, 6, 1, 128, 32, 64), // heads that are shorter than a group
                        Arguments.of(8, 2, 32, 64, 6, 5, 128, 32, 64), // likewise, a chunk
                        Arguments.of(4, 2, 80, 5, 13, 6, 32, 4, 4), // a chunk in the middle, longer than the window
                        Arguments.of(6, 2, 96, 0, 60, 9, 32, 4, 4), // tokens that leave a group partly empty
                        Arguments.of(3, 3, 128, 40, 50, 5, 64, 4, 4), // a key head for each query head
                        Arguments.of(4, 1, 80, 5, 20, 1, 32, 4, 2), // a window, whose positions go around the cache
                        Arguments.of(4, 1, 6, 5, 0, 7, 8, 4, 4))) // a chunk from the beginning
                .stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void equalsAttentionOverTheWindow(
            int heads,
            int kvHeads,
            int headDim,
            int window,
            int position,
            int batch,
            int lanes,
            int splits,
            int minimum) {
        int length = position + batch;
        RollingBuffer rolling = RollingBuffer.of(window, batch, length);
        FloatArray allKeys = gaussian(length * kvHeads * headDim, 2);
        FloatArray allValues = gaussian(length * kvHeads * headDim, 3);
        KvCache cache = KvCache.allocate(CacheFormat.F32, kvHeads, headDim, rolling);
        cache.keys().init(Samples.POISON);
        cache.values().init(Samples.POISON);
        for (int p = 0; p < length; p++) {
            store(allKeys, cache.keys(), p, kvHeads, headDim, rolling);
            store(allValues, cache.values(), p, kvHeads, headDim, rolling);
        }
        FloatArray q = gaussian(batch * heads * headDim, 1);
        GroupAttention attention = new GroupAttention(heads, kvHeads, headDim, rolling, lanes, splits, minimum);
        int tokens = batch == 1 ? 1 : batch - 1; // a chunk's last row is no row of the step
        GroupInput out = GroupInput.allocate(batch, heads * headDim);
        out.values().init(Samples.POISON);
        run(attention, q, cache, out, position, tokens, batch);

        for (int t = 0; t < tokens; t++) {
            for (int head = 0; head < heads; head++) {
                double[] expected = attend(q, allKeys, allValues, t, position, head, heads, kvHeads, headDim, rolling);
                for (int d = 0; d < headDim; d++) {
                    // See WindowAttentionTest for the tolerance.
                    assertNear(
                            expected[d],
                            out.values().get((t * heads + head) * headDim + d),
                            1e-5,
                            "token " + t + ", head " + head + ", element " + d);
                }
            }
        }
        for (int i = tokens * heads * headDim; i < batch * heads * headDim; i++) {
            assertEquals(Samples.POISON, out.values().get(i), "element " + i + " belongs to no row of the step");
        }
        if (batch == 1 && headDim % ActivationQuantizer.BLOCK == 0) {
            assertRounded(out);
        }
    }

    Stream<Arguments> packedCaches() {
        return runner
                .sizes()
                .of(List.of(
                        Arguments.of(CacheFormat.F16, 34, 1),
                        Arguments.of(CacheFormat.Q8_0, 64, 3),
                        Arguments.of(CacheFormat.F16, 34, 3),
                        Arguments.of(CacheFormat.Q8_0, 64, 1)))
                .stream();
    }

    @ParameterizedTest
    @MethodSource("packedCaches")
    void readsPackedCachesAsTheNumbersThatTheyHold(CacheFormat format, int headDim, int batch) {
        int kvHeads = 2;
        int length = 20;
        RollingBuffer rolling = RollingBuffer.of(9, batch, length);
        KvCache cache = KvCache.allocate(format, kvHeads, headDim, rolling);
        int heads = 6;
        FloatArray plainKeys =
                pack(gaussian(length * kvHeads * headDim, 2), cache.packedKeys(), format, kvHeads, rolling);
        FloatArray plainValues =
                pack(gaussian(length * kvHeads * headDim, 3), cache.packedValues(), format, kvHeads, rolling);
        FloatArray q = gaussian(batch * heads * headDim, 1);
        GroupInput out = GroupInput.allocate(batch, heads * headDim);
        GroupAttention attention = new GroupAttention(heads, kvHeads, headDim, rolling, 16, 3, 2);
        int position = length - batch;
        run(attention, q, cache, out, position, batch, batch);
        for (int t = 0; t < batch; t++) {
            for (int head = 0; head < heads; head++) {
                double[] expected =
                        attend(q, plainKeys, plainValues, t, position, head, heads, kvHeads, headDim, rolling);
                for (int d = 0; d < headDim; d++) {
                    assertNear(expected[d], out.values().get((t * heads + head) * headDim + d), 1e-5, "token " + t);
                }
            }
        }
    }

    /** Packs (length, kvHeads, headDim) into a cache, and returns the numbers that are in it then, in that order. */
    private static FloatArray pack(
            FloatArray rows, ByteArray packed, CacheFormat format, int kvHeads, RollingBuffer rolling) {
        int length = 20;
        int headDim = rows.getSize() / length / kvHeads;
        FloatArray held = new FloatArray(rows.getSize());
        for (int p = 0; p < length; p++) {
            for (int head = 0; head < kvHeads; head++) {
                int row = head * rolling.capacity() + rolling.slot(p);
                int from = (p * kvHeads + head) * headDim;
                CacheRows.store(format.code(), rows, from, new FloatArray(1), packed, row, headDim);
                for (int d = 0; d < headDim; d++) {
                    held.set(from + d, (float) held(packed, format, row, headDim, d));
                }
            }
        }
        return held;
    }

    private static double held(ByteArray packed, CacheFormat format, int row, int headDim, int d) {
        if (format == CacheFormat.F16) {
            return half(packed, 2 * (row * headDim + d));
        }
        int block = (row * headDim + d) / 32 * 34;
        return half(packed, block) * packed.get(block + 2 + d % 32);
    }

    private static float half(ByteArray bytes, int at) {
        return Float.float16ToFloat((short) (Byte.toUnsignedInt(bytes.get(at)) + 256 * bytes.get(at + 1)));
    }

    @Test
    void survivesScoresThatOverflowAnExponential() {
        RollingBuffer rolling = RollingBuffer.of(0, 1, 3);
        FloatArray q = FloatArray.fromElements(300f, 0f, 0f, 0f);
        FloatArray keys = FloatArray.fromElements(-9f, 0, 0, 0, 9f, 0, 0, 0, 8.99f, 0, 0, 0);
        FloatArray values = FloatArray.fromElements(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        GroupInput out = GroupInput.allocate(1, 4);
        KvCache cache = new KvCache(CacheFormat.F32, rolling, keys, values, new ByteArray(1), new ByteArray(1));
        run(new GroupAttention(1, 1, 4, rolling, 8, 3, 1), q, cache, out, 2, 1, 1);
        double weight = Math.exp(150 * (8.99f - 9.0));
        for (int d = 0; d < 4; d++) {
            double expected = (values.get(4 + d) + weight * values.get(8 + d)) / (1 + weight);
            assertNear(expected, out.values().get(d), 2e-3, "element " + d); // scores near 1350 are good to 1e-4
        }
    }

    private void run(
            GroupAttention attention,
            FloatArray q,
            KvCache cache,
            GroupInput out,
            int position,
            int tokens,
            int batch) {
        List<Object> arrays = new ArrayList<>(attention.scratch());
        arrays.addAll(out.arrays());
        arrays.addAll(cache.arrays());
        arrays.add(q);
        runner.run(step(position, tokens, 0), batch, arrays, graph -> attention.add(graph, "attention", q, cache, out));
    }

    /** The int8 form is what the row kernel makes of the fp32 form, but for activations near a half. */
    private static void assertRounded(GroupInput out) {
        GroupInput expected = GroupInput.allocate(1, out.cols());
        ActivationQuantizer.quantizeRows(
                out.values(),
                expected.quantized(),
                expected.scales(),
                new FloatArray(out.cols() / 32),
                expected.halfSums(),
                step(0, 1, 0),
                1,
                out.cols() / ActivationQuantizer.BLOCK);
        for (int i = 0; i < out.cols(); i++) {
            assertNear(expected.quantized().get(i), out.quantized().get(i), 1, "element " + i);
        }
        for (int block = 0; block < out.cols() / ActivationQuantizer.BLOCK; block++) {
            // A device's division is good to 2.5 roundings.
            double scale = expected.scales().get(block);
            assertNear(scale, out.scales().get(block), 4 * Samples.FLOAT_ROUNDING * scale, "scale");
            for (int half = 2 * block; half < 2 * block + 2; half++) {
                double sum = expected.halfSums().get(half);
                assertNear(sum, out.halfSums().get(half), scale + 8 * Samples.FLOAT_ROUNDING * Math.abs(sum), "sum");
            }
        }
    }

    private static void store(
            FloatArray from, FloatArray cache, int position, int kvHeads, int headDim, RollingBuffer rolling) {
        for (int head = 0; head < kvHeads; head++) {
            for (int d = 0; d < headDim; d++) {
                cache.set(
                        (head * rolling.capacity() + rolling.slot(position)) * headDim + d,
                        from.get((position * kvHeads + head) * headDim + d));
            }
        }
    }

    private static double[] attend(
            FloatArray queries,
            FloatArray keys,
            FloatArray values,
            int token,
            int position,
            int head,
            int heads,
            int kvHeads,
            int headDim,
            RollingBuffer rolling) {
        int kvHead = head / (heads / kvHeads);
        int last = position + token;
        double[] out = new double[headDim];
        double total = 0;
        for (int j = Math.max(0, last - rolling.window() + 1); j <= last; j++) {
            double score = 0;
            for (int d = 0; d < headDim; d++) {
                score += (double) queries.get((token * heads + head) * headDim + d)
                        * keys.get((j * kvHeads + kvHead) * headDim + d);
            }
            double weight = Math.exp(score / Math.sqrt(headDim));
            total += weight;
            for (int d = 0; d < headDim; d++) {
                out[d] += weight * values.get((j * kvHeads + kvHead) * headDim + d);
            }
        }
        for (int d = 0; d < headDim; d++) {
            out[d] /= total;
        }
        return out;
    }
}
