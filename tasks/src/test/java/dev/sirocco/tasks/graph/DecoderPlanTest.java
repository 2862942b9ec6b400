package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.testing.TestedDevices;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#modelDevices")
class DecoderPlanTest {
    /** heads · headDim = 60 ≠ dim, three query heads to a key head, nothing a multiple of a vector's width. */
    private static final TransformerShape ODD =
            new TransformerShape(36, 3, 6, 2, 10, 50, 97, 5, 1e4, RotaryPairs.ADJACENT, 1e-5f, 64, 7);

    /** heads · headDim = 96 ≠ dim, one key head; widths are whole blocks. */
    private static final TransformerShape BLOCKS =
            new TransformerShape(64, 3, 3, 1, 32, 160, 101, 5, 1e6, RotaryPairs.ADJACENT, 1e-5f, 64, 20);

    private static final int LENGTH = 40; // the cache of 11 slots goes around more than three times

    @Parameter
    TornadoDevice device;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(RandomModel.of(ODD, WeightFormat.F32, 1), 1e-5),
                Arguments.of(RandomModel.of(ODD, WeightFormat.F16, 2), 1e-5),
                Arguments.of(RandomModel.of(ODD, WeightFormat.BF16, 8), 1e-5),
                Arguments.of(RandomModel.of(BLOCKS, WeightFormat.F32, 3), 1e-5),
                Arguments.of(RandomModel.of(BLOCKS, WeightFormat.Q8_0, 4), quantizationBound(BLOCKS)),
                Arguments.of(RandomModel.of(BLOCKS, WeightFormat.Q4_0, 5), quantizationBound(BLOCKS)));
    }

    /**
     * The relative error that rounding activations to int8 explains. A rounded element is off by up to half a scale,
     * uniformly: by scale/√12 = max/(127·√12) on average. The largest of 32 normal numbers is about 2.1 standard
     * deviations and seldom 3, so a product's input, and with random signs its output, is off by about 0.5 to 0.7 %.
     * Independent errors of the products that follow each other (four a layer, and the logits) add as squares; the
     * factor two is for what nonlinear parts amplify.
     */
    private static double quantizationBound(TransformerShape shape) {
        return 2 * 0.006 * Math.sqrt(4 * shape.layers() + 1);
    }

    @ParameterizedTest
    @MethodSource("models")
    void prefillInAnyChunkingAndDecodeEqualOneFullForward(RandomModel model, double tolerance) {
        boolean halves = model.weights().embedding().format() == WeightFormat.F16;
        Assumptions.assumeTrue(!halves || TestedDevices.readsHalfPrecision(device), KernelRunner.NO_HALVES);
        int[] tokens = model.tokens(LENGTH, 9);
        double[][] expected = new ReferenceTransformer(model.shape(), model.reference(), false).logits(tokens);
        for (int[] chunks : new int[][] {{model.shape().chunk()}, {1}, {5, 1, 7, 2, 6}, {3}, {}}) {
            double[][] actual = run(model, tokens, chunks);
            for (int t = 0; t < LENGTH; t++) {
                assertClose(expected[t], actual[t], tolerance, "chunks " + Arrays.toString(chunks) + ", token " + t);
            }
        }
    }

    /** All logits of a sequence: the given chunks, the last of them repeated for three quarters, then single tokens. */
    private double[][] run(RandomModel model, int[] tokens, int[] chunks) {
        double[][] logits = new double[tokens.length][];
        try (DecoderPlan plan = new DecoderPlan(model.shape(), model.weights(), device)) {
            int position = 0;
            int prompt = tokens.length * 3 / 4;
            for (int i = 0; chunks.length > 0 && position < prompt; i++) {
                int count = Math.min(prompt - position, chunks[Math.min(i, chunks.length - 1)]);
                plan.forward(tokens, position, count, position);
                for (int row = 0; row < count; row++) {
                    logits[position + row] =
                            row(plan.logits(row), 0, model.shape().vocab());
                }
                position += count;
            }
            for (; position < tokens.length; position++) {
                plan.decode(tokens[position], position);
                logits[position] = row(plan.logits(0), 0, model.shape().vocab());
            }
            assertEquals(tokens.length, plan.nextPosition());
        }
        return logits;
    }

    @Test
    void integerFormatsRoundActivationsAsTheReferenceDoes() {
        for (WeightFormat format : new WeightFormat[] {WeightFormat.Q8_0, WeightFormat.Q4_0}) {
            RandomModel model = RandomModel.of(BLOCKS, format, 6);
            int[] tokens = model.tokens(LENGTH, 10);
            double[][] expected = new ReferenceTransformer(BLOCKS, model.reference(), true).logits(tokens);
            double[][] actual = run(model, tokens, new int[] {4});
            double[] errors = new double[LENGTH];
            for (int t = 0; t < LENGTH; t++) {
                errors[t] = distance(expected[t], actual[t]);
            }
            Arrays.sort(errors);
            // Most tokens have fp32's error only. A few have an activation so near the middle between two integers
            // that fp32 rounds it the other way; what follows then rounds differently too, in that token and later.
            assertTrue(errors[LENGTH / 2] < 1e-6, format + ": the median error is " + errors[LENGTH / 2]);
            double largest = errors[LENGTH - 1];
            assertTrue(largest < quantizationBound(BLOCKS), format + ": the largest error is " + largest);
        }
    }

    @Test
    void formatsMayDifferByTensorAndTheOutputMayBeTied() {
        Assumptions.assumeTrue(TestedDevices.readsHalfPrecision(device), KernelRunner.NO_HALVES);
        RandomModel model = RandomModel.of(
                BLOCKS,
                name -> switch (Math.floorMod(name.hashCode(), 8)) {
                    case 0 -> WeightFormat.F32;
                    case 1 -> WeightFormat.F16;
                    case 2 -> WeightFormat.BF16;
                    case 3 -> WeightFormat.Q8_0;
                    case 4 -> WeightFormat.Q4_1;
                    case 5 -> WeightFormat.Q5_0;
                    case 6 -> WeightFormat.IQ4_NL;
                    default -> WeightFormat.Q4_0;
                },
                true,
                7);
        int[] tokens = model.tokens(20, 11);
        double[][] expected = new ReferenceTransformer(BLOCKS, model.reference(), false).logits(tokens);
        double[][] actual = run(model, tokens, new int[] {6});
        for (int t = 0; t < tokens.length; t++) {
            assertClose(expected[t], actual[t], quantizationBound(BLOCKS), "token " + t);
        }
    }

    @Test
    void logitsOfSeveralRowsEqualThoseOfEach() {
        RandomModel model = RandomModel.of(ODD, WeightFormat.F32, 1);
        int vocab = ODD.vocab();
        try (DecoderPlan plan = new DecoderPlan(ODD, model.weights(), device)) {
            plan.prefill(model.tokens(7, 3), 0);
            FloatArray many = plan.logits(2, 5);
            for (int row = 0; row < 5; row++) {
                assertClose(row(plan.logits(2 + row), 0, vocab), row(many, row, vocab), 1e-6, "row " + row);
            }
        }
    }

    @Test
    void sequenceCanBeginAgainOrGoBackWhileItsWindowIsThere() {
        RandomModel model = RandomModel.of(ODD, WeightFormat.F32, 1);
        int[] tokens = model.tokens(30, 3);
        int vocab = ODD.vocab();
        try (DecoderPlan plan = new DecoderPlan(ODD, model.weights(), device)) {
            double[] expected = row(plan.logits(plan.prefill(tokens, 0)), 0, vocab);
            assertEquals(30, plan.nextPosition());

            plan.prefill(new int[] {1, 2, 3, 4, 5}, 25); // another ending
            plan.prefill(Arrays.copyOfRange(tokens, 25, 30), 25);
            assertClose(expected, row(plan.logits(4), 0, vocab), 1e-6, "after going back");

            plan.prefill(new int[] {1, 2, 3}, 0);
            assertClose(expected, row(plan.logits(plan.prefill(tokens, 0)), 0, vocab), 1e-6, "after a new beginning");
            assertRefused(
                    "position 20 cannot follow a sequence of 30 tokens:"
                            + " what it sees is not in the cache of 11 positions",
                    () -> plan.decode(1, 20));
        }
    }

    @Test
    void refusesImpossibleSteps() {
        RandomModel model = RandomModel.of(ODD, WeightFormat.F32, 1);
        try (DecoderPlan plan = new DecoderPlan(ODD, model.weights(), device)) {
            assertThrows(IndexOutOfBoundsException.class, () -> plan.logits(0));
            assertRefused("token 97 is not in the vocabulary of 97 tokens", () -> plan.decode(97, 0));
            assertRefused("token -1 is not in the vocabulary of 97 tokens", () -> plan.decode(-1, 0));
            assertRefused(
                    "position 1 cannot follow a sequence of 0 tokens: what it sees is not in the cache of 11 positions",
                    () -> plan.decode(1, 1));
            assertRefused("there are no tokens to process", () -> plan.prefill(new int[0], 0));
            assertRefused("65 tokens from position 0 exceed the context of 64", () -> plan.prefill(new int[65], 0));
            assertRefused("a chunk of 8 tokens: it must have 1 to 7 of them", () -> plan.forward(new int[8], 0, 8, 0));
            plan.prefill(new int[64], 0);
            assertRefused("1 tokens from position 64 exceed the context of 64", () -> plan.decode(0, 64));
            assertThrows(IndexOutOfBoundsException.class, () -> plan.logits(1));
        }
    }

    @Test
    void aPlanOfSingleTokensNeedsNoChunk() {
        TransformerShape shape =
                new TransformerShape(36, 3, 6, 2, 10, 50, 97, 5, 1e4, RotaryPairs.ADJACENT, 1e-5f, 64, 1);
        RandomModel model = RandomModel.of(shape, WeightFormat.F32, 1);
        int[] tokens = model.tokens(12, 3);
        double[][] expected = new ReferenceTransformer(shape, model.reference(), false).logits(tokens);
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), device)) {
            int row = plan.prefill(tokens, 0);
            assertClose(expected[11], row(plan.logits(row, 1), 0, shape.vocab()), 1e-5, "last token");
        }
    }

    @Test
    void measuresEachTaskByName() {
        RandomModel model = RandomModel.of(BLOCKS, WeightFormat.Q8_0, 1);
        try (DecoderPlan plan = new DecoderPlan(BLOCKS, model.weights(), device)) {
            plan.startProfiling();
            plan.decode(1, 0);
            plan.logits(0);
            Map<String, Long> nanos = plan.stopProfiling().nanos();
            assertTrue(nanos.keySet().containsAll(Set.of("query", "down", "attention", "output")));
            assertTrue(nanos.get("down") > 0);
            plan.decode(1, 1);
        }
    }

    @Test
    void refusesWeightsOfAnotherShape() {
        RandomModel model = RandomModel.of(ODD, WeightFormat.F32, 1);
        TransformerShape other =
                new TransformerShape(36, 3, 6, 2, 10, 50, 98, 5, 1e4, RotaryPairs.ADJACENT, 1e-5f, 64, 7);
        assertRefused(
                "tensor token_embd.weight is 97 × 36 but the model's shape needs 98 × 36",
                () -> new DecoderPlan(other, model.weights(), device).close());
    }

    private static void assertRefused(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    private static double[] row(FloatArray logits, int row, int vocab) {
        double[] values = new double[vocab];
        for (int i = 0; i < vocab; i++) {
            values[i] = logits.get(row * vocab + i);
        }
        return values;
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance, String what) {
        double distance = distance(expected, actual);
        assertTrue(distance <= tolerance, what + ": relative error " + distance + " exceeds " + tolerance);
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
