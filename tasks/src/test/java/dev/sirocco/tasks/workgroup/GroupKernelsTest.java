package dev.sirocco.tasks.workgroup;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryKernel;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryTable;
import dev.sirocco.tasks.sampling.Choice;
import dev.sirocco.tasks.sampling.MostLikely;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Normalisation, rounding, rotation, look-ups and the choice of a token by work-groups. */
@ParameterizedClass
@MethodSource("dev.sirocco.tasks.workgroup.GroupRunner#all")
class GroupKernelsTest {
    @Parameter
    GroupRunner runner;

    @ParameterizedTest
    @CsvSource({"1, 8", "37, 8", "96, 16", "256, 128", "2080, 64"}) // the last is longer than what is staged at once
    void normalisesRowsFromTheFirstRowOn(int dim, int lanes) {
        int batch = 3;
        int integers = dim % ActivationQuantizer.BLOCK == 0 ? 1 : 0;
        FloatArray x = gaussian(5 * dim, 1);
        FloatArray weight = gaussian(dim, 2);
        GroupInput out = GroupInput.allocate(batch, dim);
        out.values().init(Samples.POISON);
        List<Object> arrays = new ArrayList<>(out.arrays());
        arrays.addAll(List.of(x, weight));
        runner.run(step(0, 2, 3), batch, arrays, graph -> {
            graph.tasks()
                    .task(
                            "norm",
                            GroupNorm::groupNorm,
                            new KernelContext(),
                            x,
                            weight,
                            out.values(),
                            out.quantized(),
                            out.scales(),
                            out.halfSums(),
                            graph.state(),
                            dim,
                            1e-5f,
                            lanes,
                            1,
                            integers,
                            BlockStrips.PLAIN);
            graph.grid("norm", batch, lanes);
        });
        for (int t = 0; t < 2; t++) {
            double squares = 0;
            for (int i = 0; i < dim; i++) {
                squares += Math.pow(x.get((3 + t) * dim + i), 2);
            }
            double scale = 1 / Math.sqrt(squares / dim + 1e-5f);
            for (int i = 0; i < dim; i++) {
                double expected = x.get((3 + t) * dim + i) * scale * weight.get(i);
                // A sum of squares is good to its tolerance, its root to half, and a few products add 4 roundings.
                double tolerance = (Samples.sumTolerance(dim, 1) + 8 * Samples.FLOAT_ROUNDING) * Math.abs(expected);
                assertNear(expected, out.values().get(t * dim + i), tolerance, "row " + t + ", element " + i);
            }
        }
        for (int i = 2 * dim; i < 3 * dim; i++) {
            assertEquals(Samples.POISON, out.values().get(i));
        }
        if (integers == 1) {
            assertRounded(out, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 8", "96, 64", "4128, 16"})
    void roundsAsTheRowKernelDoes(int cols, int lanes) {
        GroupInput x = GroupInput.allocate(3, cols);
        x.values().getSegment().copyFrom(gaussian(3 * cols, 5).getSegment());
        runner.run(step(0, 2, 0), 3, x.arrays(), graph -> x.quantize(graph, "rounding", lanes));
        assertRounded(x, 2);
    }

    /** Those who round lay out what they round as one matrix or another will read it; 2304 is more than is staged. */
    @ParameterizedTest
    @CsvSource({"Q8_0, 256, 8", "Q4_0, 2304, 64", "Q4_1, 768, 8", "IQ4_NL, 512, 8"})
    void laysActivationsOutLikeTheWeightsTheyMeet(WeightFormat format, int cols, int lanes) {
        WeightTensor weights = EncodedMatrix.random("w", format, 1, cols, 1, 1).tensor();
        GroupInput plain = GroupInput.allocate(1, cols);
        plain.values().getSegment().copyFrom(gaussian(cols, 5).getSegment());
        runner.run(step(0, 1, 0), 1, plain.arrays(), graph -> plain.quantize(graph, "rounding", lanes));
        GroupInput x = GroupInput.allocate(1, cols).inStripsFor(weights);
        x.values().getSegment().copyFrom(plain.values().getSegment());
        x.quantized().init((byte) 77);
        runner.run(step(0, 1, 0), 1, x.arrays(), graph -> x.quantize(graph, "rounding", lanes));
        int header = format.blockBytes() - (format == WeightFormat.Q8_0 ? 32 : 16);
        int halves = format == WeightFormat.Q8_0 ? 1 : 2;
        int at = 0;
        for (int half = 0; half < halves; half++) {
            for (int block = 0; block < cols / 32; block++) {
                for (int i = 0; i < header; i++) {
                    assertEquals(0, x.quantized().get(at++), "where block " + block + " has its scale");
                }
                for (int i = 0; i < 32 / halves; i++) {
                    int from = 32 * block + 16 * half + i;
                    assertEquals(plain.quantized().get(from), x.quantized().get(at++), "activation " + from);
                }
            }
        }
        assertSame(plain.scales(), x.scales(), "scale");
        assertSame(plain.halfSums(), x.halfSums(), "sum");
    }

    @ParameterizedTest
    @EnumSource(RotaryPairs.class)
    void rotatesAsTheRowKernelDoes(RotaryPairs pairs) {
        int heads = 6;
        int kvHeads = 2;
        int headDim = 10;
        int capacity = 11;
        int batch = 3;
        int position = 20; // the chunk goes around the cache's end
        int distance = pairs.distance(headDim);
        FloatArray rotation = new FloatArray(batch * RotaryTable.length(headDim));
        new RotaryTable(headDim, Rotary.of(1e4, pairs)).fill(rotation, position, batch);
        rotation.set(2 * RotaryTable.length(headDim) - 1, 1.25f);
        FloatArray k = gaussian(batch * kvHeads * headDim, 2);
        FloatArray v = gaussian(batch * kvHeads * headDim, 3);
        FloatArray expectedQ = gaussian(batch * heads * headDim, 1);
        FloatArray expectedKeys = poisoned(kvHeads * capacity * headDim);
        FloatArray expectedValues = poisoned(kvHeads * capacity * headDim);
        IntArray state = step(position, 2, 0);
        RotaryKernel.rotateAndStore(
                expectedQ,
                gaussian(batch * kvHeads * headDim, 2),
                v,
                rotation,
                expectedKeys,
                expectedValues,
                new ByteArray(1),
                new ByteArray(1),
                state,
                CacheFormat.F32.code(),
                batch,
                heads,
                kvHeads,
                headDim,
                capacity,
                distance);
        FloatArray q = gaussian(batch * heads * headDim, 1);
        FloatArray keys = poisoned(kvHeads * capacity * headDim);
        FloatArray values = poisoned(kvHeads * capacity * headDim);
        runner.run(state, batch, List.of(q, k, v, rotation, keys, values), graph -> {
            graph.tasks()
                    .task(
                            "pairs",
                            RotaryPairsKernel::rotatePairs,
                            new KernelContext(),
                            q,
                            k,
                            v,
                            rotation,
                            keys,
                            values,
                            new ByteArray(1),
                            new ByteArray(1),
                            graph.state(),
                            CacheFormat.F32.code(),
                            heads,
                            kvHeads,
                            headDim,
                            capacity,
                            distance);
            graph.grid("pairs", 4, batch, 8);
        });
        assertSame(expectedQ, q, "query");
        assertSame(expectedKeys, keys, "key");
        assertSame(expectedValues, values, "value");
        for (int i = 0; i < k.getSize(); i++) {
            assertEquals(gaussian(k.getSize(), 2).get(i), k.get(i), "key " + i + " is where it goes, and not here");
        }
    }

    /** A cache of halves gets what the row kernel stores in it; for one of blocks, rotated keys stay where they are. */
    @ParameterizedTest
    @EnumSource(
            value = CacheFormat.class,
            names = {"F16", "Q8_0"})
    void rotatesForPackedCaches(CacheFormat format) {
        int headDim = 64;
        FloatArray rotation = new FloatArray(2 * RotaryTable.length(headDim));
        new RotaryTable(headDim, Rotary.of(1e4, RotaryPairs.ADJACENT)).fill(rotation, 6, 2);
        FloatArray q = gaussian(2 * 3 * headDim, 1);
        FloatArray k = gaussian(2 * headDim, 2);
        FloatArray v = gaussian(2 * headDim, 3);
        FloatArray rotated = gaussian(2 * headDim, 2);
        FloatArray none = poisoned(1);
        int bytes = Math.toIntExact(format.sizeBytes(8, headDim));
        ByteArray expectedKeys = new ByteArray(bytes);
        ByteArray expectedValues = new ByteArray(bytes);
        IntArray state = step(6, 2, 0);
        RotaryKernel.rotateAndStore(
                gaussian(2 * 3 * headDim, 1),
                rotated,
                v,
                rotation,
                none,
                none,
                expectedKeys,
                expectedValues,
                state,
                format.code(),
                2,
                3,
                1,
                headDim,
                8,
                1);
        ByteArray keys = new ByteArray(bytes);
        ByteArray values = new ByteArray(bytes);
        runner.run(state, 2, List.of(q, k, v, rotation, none, keys, values), graph -> {
            graph.tasks()
                    .task(
                            "pairs",
                            RotaryPairsKernel::rotatePairs,
                            new KernelContext(),
                            q,
                            k,
                            v,
                            rotation,
                            none,
                            none,
                            keys,
                            values,
                            graph.state(),
                            format.code(),
                            3,
                            1,
                            headDim,
                            8,
                            1);
            graph.grid("pairs", 12, 2, 8);
        });
        boolean halves = format == CacheFormat.F16;
        assertSame(halves ? gaussian(2 * headDim, 2) : rotated, k, "key");
        for (int i = 0; i < bytes; i++) {
            assertEquals(halves ? expectedKeys.get(i) : 0, keys.get(i), "byte of keys " + i);
            assertEquals(halves ? expectedValues.get(i) : 0, values.get(i), "byte of values " + i);
        }
        assertEquals(Samples.POISON, none.get(0));
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void looksRowsUp(WeightFormat format) {
        int dim = format.blockSize() == 1 ? 37 : Math.max(96, 2 * format.blockSize());
        EncodedMatrix table = EncodedMatrix.random("table", format, 5, dim, 1, 6);
        IntArray tokens = IntArray.fromElements(4, 0, 2);
        FloatArray out = poisoned(3 * dim);
        runner.run(
                step(0, 2, 0),
                3,
                List.of(table.tensor().data(), tokens, out),
                graph -> GroupEmbedding.add(graph, "lookup", table.tensor(), tokens, out, 8));
        for (int t = 0; t < 2; t++) {
            for (int i = 0; i < dim; i++) {
                double expected = table.value(tokens.get(t), i);
                // What a minimum takes off has at most the size of the weights, which are below 4.
                double tolerance =
                        Samples.FLOAT_ROUNDING * (BlockParts.hasOffsets(format.code()) ? 16 : 2 * Math.abs(expected));
                assertNear(expected, out.get(t * dim + i), tolerance, "row " + t);
            }
        }
        for (int i = 2 * dim; i < 3 * dim; i++) {
            assertEquals(Samples.POISON, out.get(i));
        }
    }

    @Test
    void choosesTheLowestOfTheTokensWithTheLargestLogit() {
        for (int vocab : new int[] {1, 63, 97, 1000}) {
            FloatArray logits = gaussian(vocab, 7);
            int first = vocab / 3;
            logits.set(first, 9f);
            logits.set(vocab - 1, 9f);
            assertEquals(first, choose(logits).token(), "of " + vocab);
            logits.set(first, -9f);
            assertEquals(vocab == 1 ? 0 : vocab - 1, choose(logits).token(), "of " + vocab);
        }
    }

    @Test
    void choosesNothingWhenALogitIsNoNumber() {
        FloatArray logits = gaussian(100, 7);
        logits.set(70, Float.POSITIVE_INFINITY);
        assertTrue(chosen(logits).isEmpty());
    }

    @Test
    void choosesNothingInAStepWithoutRows() {
        assertTrue(chosen(gaussian(100, 7), 0).isEmpty());
    }

    private Choice choose(FloatArray logits) {
        return chosen(logits).orElseThrow();
    }

    private Optional<Choice> chosen(FloatArray logits) {
        return chosen(logits, 1);
    }

    private Optional<Choice> chosen(FloatArray logits, int rows) {
        MostLikely choice = new MostLikely(logits.getSize());
        List<Object> arrays = new ArrayList<>(choice.scratch());
        arrays.addAll(choice.results());
        arrays.add(logits);
        runner.run(step(0, rows, 0), 1, arrays, graph -> choice.addGroups(graph, logits, 16));
        return choice.result();
    }

    private static void assertSame(FloatArray expected, FloatArray actual, String what) {
        for (int i = 0; i < expected.getSize(); i++) {
            assertNear(expected.get(i), actual.get(i), 4 * Samples.FLOAT_ROUNDING * 4, what + " " + i);
        }
    }

    /** What the row kernel makes of the fp32 form; fp32 may put an activation on the other side of a half. */
    private static void assertRounded(GroupInput out, int rows) {
        GroupInput expected = GroupInput.allocate(rows, out.cols());
        int blocks = out.cols() / ActivationQuantizer.BLOCK;
        ActivationQuantizer.quantizeRows(
                out.values(),
                expected.quantized(),
                expected.scales(),
                new FloatArray(rows * blocks),
                expected.halfSums(),
                step(0, rows, 0),
                rows,
                blocks);
        for (int i = 0; i < rows * out.cols(); i++) {
            assertNear(expected.quantized().get(i), out.quantized().get(i), 1, "element " + i);
        }
        for (int block = 0; block < rows * blocks; block++) {
            // A device's division is good to 2.5 roundings; a sum of 32 integers that differ by one changes that much.
            double scale = expected.scales().get(block);
            assertNear(scale, out.scales().get(block), 4 * Samples.FLOAT_ROUNDING * scale, "scale");
            for (int half = 2 * block; half < 2 * block + 2; half++) {
                double sum = expected.halfSums().get(half);
                double tolerance = scale + 8 * Samples.FLOAT_ROUNDING * Math.abs(sum);
                assertNear(sum, out.halfSums().get(half), tolerance, "sum");
            }
        }
    }
}
