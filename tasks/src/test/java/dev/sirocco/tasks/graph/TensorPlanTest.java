package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryPairs;
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

/** A whole model whose prompts are multiplied on tensor cores, against the double-precision reference. */
@ParameterizedClass
@MethodSource("dev.sirocco.tasks.TensorDevices#all")
class TensorPlanTest {
    /** Small groups but for the products on tensor cores, whose size is fixed. */
    private static final KernelSettings TENSORS =
            new KernelSettings(KernelShape.WORKGROUP, 8, 8, 3, false, 16, 3, 2, "").withTensorCores();

    private static final TransformerShape BLOCKS =
            new TransformerShape(64, 1, 3, 1, 32, 160, 101, 5, 1e6, RotaryPairs.ADJACENT, 1e-5f, 64, 20);

    /** All rows are a block of 256. */
    private static final TransformerShape LARGE_BLOCKS =
            new TransformerShape(256, 1, 2, 1, 128, 256, 20, 2, 1e6, RotaryPairs.HALVES, 1e-5f, 64, 20);

    private static final int PROMPT = 6;
    private static final int LENGTH = 8;

    @Parameter
    TornadoDevice device;

    /**
     * Each of a layer's four inputs of products, and that of the output, is rounded to halves: by at most 2^-11 of an
     * element, which spreads over the sums as noise of that share of their length would; twice that for how it grows.
     */
    private static double bound(TransformerShape shape) {
        return 2 * 0x1p-11 * Math.sqrt(4 * shape.layers() + 1);
    }

    /** What rounding one token's activations to int8 explains, see DecoderPlanTest. */
    private static double tokenBound(TransformerShape shape) {
        return 2 * 0.006 * Math.sqrt(4 * shape.layers() + 1);
    }

    @ParameterizedTest
    @EnumSource(RotaryPairs.class)
    void logitsAndGreedyTokensAreThoseOfOneFullForward(RotaryPairs pairs) {
        TransformerShape shape = new TransformerShape(32, 1, 2, 1, 32, 72, 40, 5, 1e6, pairs, 1e-5f, 64, 20);
        assertOneFullForward(RandomModel.of(shape, WeightFormat.F16, 7), PROMPT, LENGTH, bound(shape), bound(shape));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("Q8_0", RandomModel.of(BLOCKS, WeightFormat.Q8_0, 7)),
                Arguments.of("Q4_0", RandomModel.of(BLOCKS, WeightFormat.Q4_0, 7)),
                Arguments.of("any", mixed()));
    }

    /** {@return a model in all formats but those with blocks of 256} */
    private static RandomModel mixed() {
        List<WeightFormat> formats = Arrays.stream(WeightFormat.values())
                .filter(format -> format.blockSize() <= 32)
                .toList();
        return RandomModel.of(BLOCKS, name -> formats.get(Math.floorMod(name.hashCode(), formats.size())), false, 7);
    }

    /** Weights are rounded to halves as well; a single token's activations are rounded to int8 as on other devices. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void blocksAreDecodedOnTheWay(String name, RandomModel model) {
        double prompt = Math.sqrt(2) * bound(model.shape());
        assertOneFullForward(model, PROMPT, LENGTH, prompt, tokenBound(model.shape()));
    }

    /** Each format with blocks of 256 in one matrix or two, next to others that share its input. */
    @Test
    void blocksOf256AreDecodedOnTheWay() {
        RandomModel model = RandomModel.of(
                LARGE_BLOCKS,
                name -> switch (name.replaceAll("blk.0.|.weight", "")) {
                    case "attn_q", "ffn_up" -> WeightFormat.Q2_K;
                    case "attn_k", "ffn_down" -> WeightFormat.Q3_K;
                    case "attn_v" -> WeightFormat.Q5_K;
                    case "attn_output" -> WeightFormat.IQ4_XS;
                    case "ffn_gate" -> WeightFormat.Q4_K;
                    default -> WeightFormat.Q6_K;
                },
                false,
                7);
        double prompt = Math.sqrt(2) * bound(model.shape());
        assertOneFullForward(model, 3, 4, prompt, tokenBound(model.shape()));
    }

    static Stream<Arguments> experts() {
        return Stream.of(
                Arguments.of("F16", RandomModel.of(withExperts(2), WeightFormat.F16, 7)),
                Arguments.of(
                        "Q8_0 and Q4_0, chosen in F32",
                        RandomModel.of(withExperts(1), TensorPlanTest::withExactChoice, false, 7)));
    }

    /** {@return a shape with four experts: six tokens leave one with few or none} */
    private static TransformerShape withExperts(int chosen) {
        AttentionWindows windows = AttentionWindows.of(5);
        Rotary rotary = Rotary.of(1e6, RotaryPairs.ADJACENT);
        return new TransformerShape(32, 1, 2, 1, 32, 96, 40, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 64, 20)
                .with(windows, rotary, new Experts(4, chosen));
    }

    private static WeightFormat withExactChoice(String name) {
        if (name.contains("ffn_gate_inp")) {
            return WeightFormat.F32;
        }
        return name.contains("ffn") ? WeightFormat.Q4_0 : WeightFormat.Q8_0;
    }

    /** Rounding could choose other experts where logits are nearly equal: they are not in these models. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("experts")
    void anExpertsTokensAreMultipliedOnTensorCores(String name, RandomModel model) {
        blocksAreDecodedOnTheWay(name, model);
    }

    private void assertOneFullForward(
            RandomModel model, int prompt, int length, double promptBound, double tokenBound) {
        TransformerShape shape = model.shape();
        int[] tokens = model.tokens(length, 9);
        double[][] expected = new ReferenceTransformer(shape, model.reference(), false).logits(tokens);
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), device, TENSORS, false)) {
            plan.forward(tokens, 0, prompt, 0);
            FloatArray several = plan.logits(prompt - 3, 3);
            for (int row = 0; row < 3; row++) {
                assertClose(expected[prompt - 3 + row], several, row, promptBound);
            }
            assertClose(expected[prompt - 1], plan.logits(prompt - 1), 0, tokenBound);
            assertEquals(
                    largest(expected[prompt - 1]),
                    plan.choose(prompt - 1).orElseThrow().token());
            for (int position = prompt; position < length; position++) {
                plan.decode(tokens[position], position);
                assertClose(expected[position], plan.logits(0), 0, tokenBound);
                assertEquals(
                        largest(expected[position]),
                        plan.choose(0).orElseThrow().token());
            }
        }
    }

    private static int largest(double[] logits) {
        int largest = 0;
        for (int i = 1; i < logits.length; i++) {
            largest = logits[i] > logits[largest] ? i : largest;
        }
        return largest;
    }

    private static void assertClose(double[] expected, FloatArray logits, int row, double bound) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            double distance = expected[i] - logits.get(row * expected.length + i);
            difference += distance * distance;
            length += expected[i] * expected[i];
        }
        double error = Math.sqrt(difference / length);
        assertTrue(error <= bound, () -> "relative error " + error + ", not at most " + bound);
    }
}
