package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A whole model through what is generated for PTX and for SPIR-V, the kernels of work-groups in every format and with
 * every type of cache, against the double-precision reference. Rows' kernels
 * are run so one by one.
 */
@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#hosted")
class HostedPlanTest {
    private static final KernelSettings SMALL = new KernelSettings(KernelShape.WORKGROUP, 8, 8, 3, false, 16, 3, 2, "");

    /** Groups of two warps, whose sums end in exchanges among the first. */
    private static final KernelSettings WARPS =
            new KernelSettings(KernelShape.WORKGROUP, 64, 64, 4, false, 16, 3, 2, "");

    private static final int PROMPT = 6;

    @Parameter
    TornadoDevice device;

    /** Tolerances as in {@link WorkgroupPlanTest}: fp32's rounding, and that of activations to int8. */
    @ParameterizedTest
    @CsvSource({
        "F32, ADJACENT, 1e-5",
        "F16, ADJACENT, 1e-5",
        "F16, HALVES, 1e-5",
        "Q8_0, ADJACENT, 0.03",
        "Q8_0, HALVES, 0.03",
        "Q4_0, ADJACENT, 0.03"
    })
    void promptAndTokensEqualOneFullForward(WeightFormat format, RotaryPairs pairs, double tolerance) {
        assertPromptAndTokens(shape(pairs), format, tolerance, PROMPT);
    }

    /** Rows of one block or two; the rounding of activations bounds how far logits are apart. */
    @ParameterizedTest
    @EnumSource(
            names = {"F32", "F16", "Q8_0", "Q4_0"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherFormatsGiveTheSameTokens(WeightFormat format) {
        RotaryPairs pairs = RotaryPairs.HALVES;
        TransformerShape large = new TransformerShape(256, 1, 2, 1, 128, 256, 20, 5, 1e6, pairs, 1e-5f, 64, 20);
        assertPromptAndTokens(format.blockSize() == 256 ? large : shape(pairs), format, 0.03, 2);
    }

    /** The caches' own rounding bounds how far logits are apart. */
    @ParameterizedTest
    @CsvSource({"F16, F16, 1e-3", "Q8_0, F16, 0.03", "F16, Q8_0, 0.02"})
    void packedCachesGiveTheSameTokens(WeightFormat format, CacheFormat cache, double tolerance) {
        assertPromptAndTokens(shape(RotaryPairs.ADJACENT).withCache(cache), format, tolerance, 2);
    }

    private void assertPromptAndTokens(TransformerShape shape, WeightFormat format, double tolerance, int prompt) {
        RandomModel model = RandomModel.of(shape, format, 7);
        int[] tokens = model.tokens(prompt + 1, 9);
        double[][] expected = new ReferenceTransformer(shape, model.reference(), false).logits(tokens);
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), device, SMALL, false)) {
            plan.forward(tokens, 0, prompt, 0);
            assertClose(expected[prompt - 1], plan.logits(prompt - 1), tolerance, prompt - 1);
            plan.decode(tokens[prompt], prompt);
            assertClose(expected[prompt], plan.logits(0), tolerance, prompt);
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, HALVES, 1e-5", "Q4_0, ADJACENT, 0.03"})
    void groupsOfSeveralWarpsGiveTheSameTokens(WeightFormat format, RotaryPairs pairs, double tolerance) {
        TransformerShape shape = shape(pairs);
        RandomModel model = RandomModel.of(shape, format, 8);
        int[] tokens = model.tokens(2, 9);
        double[][] expected = new ReferenceTransformer(shape, model.reference(), false).logits(tokens);
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), device, WARPS, false)) {
            for (int position = 0; position < tokens.length; position++) {
                plan.decode(tokens[position], position);
                assertClose(expected[position], plan.logits(0), tolerance, position);
            }
        }
    }

    /** Rows of 17, 9 and 34 strips, for groups of 8 and of 64. */
    @ParameterizedTest
    @CsvSource({"Q8_0, ADJACENT", "Q8_0, HALVES", "Q4_0, ADJACENT", "Q4_1, HALVES", "IQ4_NL, ADJACENT"})
    void productsReadInStripsGiveTheSameTokens(WeightFormat format, RotaryPairs pairs) {
        TransformerShape shape = new TransformerShape(256, 1, 8, 2, 32, 512, 40, 5, 1e6, pairs, 1e-5f, 64, 20);
        RandomModel model = RandomModel.of(shape, format, 8);
        int[] tokens = model.tokens(2, 9);
        double[][] expected = new ReferenceTransformer(shape, model.reference(), false).logits(tokens);
        for (KernelSettings settings : List.of(SMALL.withStrips(), WARPS.withStrips())) {
            try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), device, settings, false)) {
                for (int position = 0; position < tokens.length; position++) {
                    plan.decode(tokens[position], position);
                    assertClose(expected[position], plan.logits(0), 0.03, position);
                }
            }
        }
    }

    private static TransformerShape shape(RotaryPairs pairs) {
        return new TransformerShape(32, 1, 2, 1, 32, 64, 40, 5, 1e6, pairs, 1e-5f, 64, 20);
    }

    private static void assertClose(double[] expected, FloatArray actual, double tolerance, int token) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (expected[i] - actual.get(i)) * (expected[i] - actual.get(i));
            length += expected[i] * expected[i];
        }
        double distance = Math.sqrt(difference / length);
        assertTrue(distance <= tolerance, () -> "token " + token + ": relative error " + distance);
    }
}
