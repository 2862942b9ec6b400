package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.sampling.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A whole model in kernels made of work-groups: as an independent forward pass in fp64, and as row shape. */
@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#groupModelDevices")
class WorkgroupPlanTest {
    /** heads · headDim = 60 ≠ dim, three query heads to a key head, nothing a multiple of a group's sizes. */
    private static final TransformerShape ODD =
            new TransformerShape(36, 2, 6, 2, 10, 50, 97, 5, 1e4, RotaryPairs.ADJACENT, 1e-5f, 64, 7);

    /** heads · headDim = 96 ≠ dim, one key head; widths are whole blocks. */
    private static final TransformerShape BLOCKS =
            new TransformerShape(64, 2, 3, 1, 32, 160, 101, 5, 1e6, RotaryPairs.ADJACENT, 1e-5f, 64, 20);

    /** heads · headDim = 512 ≠ dim; widths are whole blocks of 256. */
    private static final TransformerShape LARGE_BLOCKS =
            new TransformerShape(256, 1, 4, 1, 128, 512, 37, 5, 1e6, RotaryPairs.ADJACENT, 1e-5f, 64, 20);

    /** Small groups: they have the same parts as large ones, and the reference device has less to do. */
    private static final KernelSettings SMALL = new KernelSettings(KernelShape.WORKGROUP, 8, 8, 3, false, 16, 3, 2, "");

    private static final int LENGTH = 17; // the cache of 11 slots goes around

    @Parameter
    TornadoDevice device;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(RandomModel.of(ODD, WeightFormat.F32, 1), 1e-5),
                Arguments.of(RandomModel.of(ODD, WeightFormat.F16, 2), 1e-5),
                Arguments.of(RandomModel.of(BLOCKS, WeightFormat.Q8_0, 4), quantizationBound(BLOCKS)),
                Arguments.of(RandomModel.of(BLOCKS, WeightFormat.Q4_0, 5), quantizationBound(BLOCKS)),
                Arguments.of(mixed(), quantizationBound(BLOCKS)));
    }

    /** Formats differ within what would be one kernel if they did not, and the output is tied. */
    private static RandomModel mixed() {
        return RandomModel.of(
                BLOCKS,
                name -> switch (Math.floorMod(name.hashCode(), 4)) {
                    case 0 -> WeightFormat.F32;
                    case 1 -> WeightFormat.F16;
                    case 2 -> WeightFormat.Q8_0;
                    default -> WeightFormat.Q4_0;
                },
                true,
                7);
    }

    /** See DecoderPlanTest: what rounding activations to int8 explains. */
    private static double quantizationBound(TransformerShape shape) {
        return 2 * 0.006 * Math.sqrt(4 * shape.layers() + 1);
    }

    @ParameterizedTest
    @MethodSource("models")
    void prefillInAnyChunkingAndDecodeEqualOneFullForward(RandomModel model, double tolerance) {
        int[] tokens = model.tokens(LENGTH, 9);
        double[][] expected = new ReferenceTransformer(model.shape(), model.reference(), false).logits(tokens);
        try (DecoderPlan plan = plan(model, SMALL)) {
            for (int[] chunks : new int[][] {{model.shape().chunk()}, {5, 1, 2}}) {
                double[][] actual = run(plan, tokens, chunks);
                for (int t = 0; t < LENGTH; t++) {
                    double distance = distance(expected[t], actual[t]);
                    assertTrue(
                            distance <= tolerance,
                            "chunks " + Arrays.toString(chunks) + ", token " + t + ": relative error " + distance);
                }
            }
        }
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("F32", RandomModel.of(BLOCKS, WeightFormat.F32, 6), 1e-6),
                Arguments.of("F16", RandomModel.of(BLOCKS, WeightFormat.F16, 6), 1e-6),
                Arguments.of("BF16", RandomModel.of(BLOCKS, WeightFormat.BF16, 6), 1e-6),
                Arguments.of("small blocks", mixed(BLOCKS, 32), quantizationBound(BLOCKS)),
                Arguments.of("large blocks", mixed(LARGE_BLOCKS, 256), quantizationBound(LARGE_BLOCKS)));
    }

    /** Both shapes round the same activations; if fp32 puts one on the other side of a half, what follows differs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void givesWhatRowShapeGives(String name, RandomModel model, double bound) {
        int[] tokens = model.tokens(9, 10);
        double[] errors = new double[9];
        try (DecoderPlan groups = plan(model, SMALL);
                DecoderPlan rows = plan(model, KernelSettings.ROW)) {
            double[][] expected = run(rows, tokens, new int[] {6});
            double[][] actual = run(groups, tokens, new int[] {6});
            for (int t = 0; t < 9; t++) {
                errors[t] = distance(expected[t], actual[t]);
            }
        }
        Arrays.sort(errors);
        assertTrue(errors[4] < 1e-6, "the median error is " + errors[4]);
        assertTrue(errors[8] < bound, "the largest error is " + errors[8]);
    }

    /** Tokens lay their activations out for strips, over what a chunk left there; mixed formats leave some plain. */
    @Test
    void readingStripsGivesWhatReadingPartsGives() {
        List<RandomModel> models = List.of(
                RandomModel.of(LARGE_BLOCKS, WeightFormat.Q8_0, 6),
                RandomModel.of(LARGE_BLOCKS, WeightFormat.Q4_0, 6),
                RandomModel.of(
                        LARGE_BLOCKS,
                        name -> name.hashCode() % 2 == 0 ? WeightFormat.Q4_0 : WeightFormat.Q8_0,
                        false,
                        8));
        for (RandomModel model : models) {
            int[] tokens = model.tokens(9, 10);
            try (DecoderPlan strips = plan(model, SMALL.withStrips());
                    DecoderPlan parts = plan(model, SMALL)) {
                double[][] expected = run(parts, tokens, new int[] {3, 1, 2});
                double[][] actual = run(strips, tokens, new int[] {3, 1, 2});
                double[] errors = new double[tokens.length];
                for (int t = 0; t < tokens.length; t++) {
                    errors[t] = distance(expected[t], actual[t]);
                }
                Arrays.sort(errors);
                assertTrue(errors[4] < 1e-6, "the median error is " + errors[4]);
                assertTrue(errors[8] < quantizationBound(LARGE_BLOCKS), "the largest error is " + errors[8]);
            }
        }
    }

    /** A token's product writes to a cache of fp32 or binary16 itself; blocks are packed by a task of their own. */
    @ParameterizedTest
    @EnumSource(CacheFormat.class)
    void writesEveryTypeOfCacheInBothOrdersOfPairs(CacheFormat cache) {
        for (RotaryPairs pairs : RotaryPairs.values()) {
            TransformerShape shape =
                    new TransformerShape(64, 2, 2, 1, 32, 64, 41, 5, 1e4, pairs, 1e-5f, 64, 4).withCache(cache);
            RandomModel model = RandomModel.of(shape, WeightFormat.F32, 11);
            int[] tokens = model.tokens(12, 10);
            try (DecoderPlan groups = plan(model, SMALL);
                    DecoderPlan rows = plan(model, KernelSettings.ROW)) {
                double[][] expected = run(rows, tokens, new int[] {4});
                double[][] actual = run(groups, tokens, new int[] {4});
                // A packed element may be rounded to the other side of a half; the cache's own rounding bounds that.
                double bound = cache == CacheFormat.F32 ? 1e-6 : cache == CacheFormat.F16 ? 1e-3 : 0.02;
                for (int t = 0; t < tokens.length; t++) {
                    double distance = distance(expected[t], actual[t]);
                    assertTrue(distance < bound, pairs + ", token " + t + ": relative error " + distance);
                }
            }
        }
    }

    /** All formats with blocks of this size, in one model. */
    private static RandomModel mixed(TransformerShape shape, int blockSize) {
        List<WeightFormat> formats = Arrays.stream(WeightFormat.values())
                .filter(format -> format.blockSize() == blockSize)
                .toList();
        return RandomModel.of(shape, name -> formats.get(Math.floorMod(name.hashCode(), formats.size())), false, 8);
    }

    @Test
    void logitsOfSeveralRowsEqualThoseOfEach() {
        RandomModel model = RandomModel.of(ODD, WeightFormat.F32, 1);
        int vocab = ODD.vocab();
        try (DecoderPlan plan = plan(model, SMALL)) {
            plan.prefill(model.tokens(7, 3), 0);
            FloatArray many = plan.logits(2, 5);
            for (int row = 0; row < 5; row++) {
                double distance = distance(row(plan.logits(2 + row), 0, vocab), row(many, row, vocab));
                assertTrue(distance < 1e-6, "row " + row + ": relative error " + distance);
            }
        }
    }

    @Test
    void choosesTheTokenWithTheLargestLogit() {
        RandomModel model = RandomModel.of(BLOCKS, WeightFormat.Q8_0, 4);
        try (DecoderPlan plan = plan(model, SMALL)) {
            plan.prefill(model.tokens(6, 3), 0);
            for (int row = 0; row < 6; row++) {
                double[] logits = row(plan.logits(row), 0, BLOCKS.vocab());
                Choice choice = plan.choose(row).orElseThrow();
                double largest = Arrays.stream(logits).max().orElseThrow();
                assertEquals(largest, choice.logit());
                assertEquals(largest, logits[choice.token()]);
            }
        }
    }

    @Test
    void refusesHeadsThatDoNotFitAGroup() {
        TransformerShape shape =
                new TransformerShape(32, 1, 1, 1, 1024, 32, 33, 0, 1e4, RotaryPairs.ADJACENT, 1e-5f, 8, 1);
        RandomModel model = RandomModel.of(shape, WeightFormat.F32, 1);
        assertEquals(
                "heads of 1024 elements do not fit work-groups of 8 work-items; set group_size in a device profile to"
                        + " 16 or more, or kernel_shape to row",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plan(model, SMALL).close())
                        .getMessage());
    }

    /** Groups as large as GPUs get them, and a shape whose heads are shorter than a group. */
    @Test
    void groupsOfUsualSizesGiveWhatRowShapeGives() {
        TransformerShape shape =
                new TransformerShape(256, 1, 8, 2, 32, 768, 257, 64, 1e4, RotaryPairs.ADJACENT, 1e-5f, 128, 8);
        RandomModel model = RandomModel.of(shape, WeightFormat.Q8_0, 6);
        int[] tokens = model.tokens(8, 10);
        KernelSettings usual = KernelSettings.WORKGROUP;
        try (DecoderPlan groups = plan(model, usual);
                DecoderPlan rows = plan(model, KernelSettings.ROW)) {
            double[][] expected = run(rows, tokens, new int[] {4});
            double[][] actual = run(groups, tokens, new int[] {4});
            for (int t = 0; t < tokens.length; t++) {
                double distance = distance(expected[t], actual[t]);
                assertTrue(distance < quantizationBound(shape), "token " + t + ": relative error " + distance);
            }
        }
    }

    private DecoderPlan plan(RandomModel model, KernelSettings settings) {
        return new DecoderPlan(model.shape(), model.weights(), device, settings, false);
    }

    /** All logits of a sequence: the given chunks, the last of them repeated for three quarters, then single tokens. */
    private static double[][] run(DecoderPlan plan, int[] tokens, int[] chunks) {
        int vocab = plan.shape().vocab();
        double[][] logits = new double[tokens.length][];
        int position = 0;
        int prompt = tokens.length * 3 / 4;
        for (int i = 0; chunks.length > 0 && position < prompt; i++) {
            int count = Math.min(prompt - position, chunks[Math.min(i, chunks.length - 1)]);
            plan.forward(tokens, position, count, position);
            for (int row = 0; row < count; row++) {
                logits[position + row] = row(plan.logits(row), 0, vocab);
            }
            position += count;
        }
        for (; position < tokens.length; position++) {
            plan.decode(tokens[position], position);
            logits[position] = row(plan.logits(0), 0, vocab);
        }
        return logits;
    }

    private static double[] row(FloatArray logits, int row, int vocab) {
        double[] values = new double[vocab];
        for (int i = 0; i < vocab; i++) {
            values[i] = logits.get(row * vocab + i);
        }
        return values;
    }

    /** {@return the length of the difference, relative to the expected vector's} */
    private static double distance(double[] expected, double[] actual) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            length += expected[i] * expected[i];
        }
        return Math.sqrt(difference / length);
    }
}
