package dev.sirocco.model.session;

import static dev.sirocco.model.session.SessionTest.ON_SDK;
import static dev.sirocco.model.session.SessionTest.distance;
import static dev.sirocco.model.session.SessionTest.logits;
import static dev.sirocco.model.session.SessionTest.quantizationBound;
import static dev.sirocco.model.session.SessionTest.randomTokens;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.Float64Model;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.graph.KernelSettings;
import dev.sirocco.tasks.graph.KernelShape;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.testing.TestedDevices;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every weight type, every feature of an architecture and every type of cache, in whole models on the processor; that
 * other devices compute the same is the matter of the kernels' tests.
 */
final class FamilyTest {
    private static final int LENGTH = 60;

    private static final ModelOptions IN_GROUPS = ModelOptions.DEFAULT
            .withDevice(TestedDevices.find("reference"))
            .withKernels(new KernelSettings(KernelShape.WORKGROUP, 8, 8, 3, false, 16, 3, 2, ""));

    /** Members with tasks that others do not have, for where each task takes a while to compile. */
    private static final Set<String> FEW = Set.of("windows by layer", "mistral3", "one expert");

    @TempDir
    Path folder;

    private Model open(RandomGguf file) {
        Path path = file.write(folder.resolve("m.gguf"));
        return Model.open(path, ModelOptions.DEFAULT.withDevice(TestedDevices.find("cpu")));
    }

    static Stream<GgmlType> blockTypes() {
        return Arrays.stream(WeightFormat.values())
                .filter(WeightFormat::quantizesActivations)
                .map(format -> GgmlType.valueOf(format.name()));
    }

    private static Shape blockShape(GgmlType type) {
        return type.blockSize() == 32 ? Shape.BLOCKS : Shape.LARGE_BLOCKS;
    }

    @ParameterizedTest
    @MethodSource("blockTypes")
    void quantizedActivationsAreTheOnlyDifferenceToDoublePrecision(GgmlType type) {
        Shape shape = blockShape(type);
        try (Model model = open(new RandomGguf(shape, type, 4));
                Session session = model.newSession(new SessionOptions(0, 8))) {
            int[] tokens = randomTokens(shape, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), true).logits(tokens);
            for (int[] parts : new int[][] {{1}, {8}}) {
                double[][] actual = logits(session, tokens, parts);
                double[] errors = IntStream.range(0, LENGTH)
                        .filter(t -> actual[t] != null)
                        .mapToDouble(t -> distance(expected[t], actual[t]))
                        .sorted()
                        .toArray();
                // Most tokens have fp32's error only. Where an activation lies so near the middle of two integers that
                // fp32 rounds it the other way, one element is off by a step, which may turn others of later products
                // and tokens; that is never more than rounding them all differently. A chunk's last token, of eight
                // that are compared then, is as likely to have one as any other.
                if (parts[0] == 1) {
                    assertTrue(errors[LENGTH / 2] < 1e-4, "median " + errors[LENGTH / 2]);
                }
                assertTrue(
                        errors[errors.length - 1] < quantizationBound(shape), "largest of " + Arrays.toString(errors));
            }
        }
    }

    @Test
    void typesMayDifferWithinAModelAsQuantisersMixThem() {
        RandomGguf file = new RandomGguf(
                Shape.LARGE_BLOCKS,
                name -> name.contains("attn_v") || name.contains("down") || name.equals("output.weight")
                        ? GgmlType.Q6_K
                        : name.contains("attn_k") ? GgmlType.BF16 : GgmlType.Q4_K,
                14);
        try (Model model = open(file);
                Session session = model.newSession(new SessionOptions(0, 8))) {
            int[] tokens = randomTokens(Shape.LARGE_BLOCKS, 20);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            for (int[] parts : new int[][] {{1}, {7}}) {
                double[][] actual = logits(session, tokens, parts);
                double error = distance(expected[19], actual[19]);
                assertTrue(error < quantizationBound(Shape.LARGE_BLOCKS), "relative error " + error);
            }
        }
    }

    static Stream<Arguments> members() {
        Stream<Arguments> members = Stream.of(
                Arguments.of("windows by layer", (UnaryOperator<RandomGguf>)
                        file -> file.key("llama.attention.sliding_window", GgufValue.i32s(0, 5))),
                Arguments.of("Ministral-8B: one layer in four sees all", (UnaryOperator<RandomGguf>)
                        file -> file.key("llama.attention.sliding_window", GgufValue.i32s(0, 7, 7, 7))),
                Arguments.of("linear scaling", (UnaryOperator<RandomGguf>)
                        file -> file.key("llama.rope.scaling.type", GgufValue.of("linear"))
                                .key("llama.rope.scaling.factor", GgufValue.f32(4))),
                Arguments.of("mistral3", (UnaryOperator<RandomGguf>) file -> file.architecture("mistral3")
                        .key("mistral3.attention.sliding_window", null)
                        .key("mistral3.rope.scaling.type", GgufValue.of("yarn"))
                        .key("mistral3.rope.scaling.factor", GgufValue.f32(8))
                        .key("mistral3.rope.scaling.original_context_length", GgufValue.u32(16))
                        .key("mistral3.rope.scaling.yarn_beta_fast", GgufValue.f32(4))
                        .key("mistral3.rope.scaling.yarn_beta_slow", GgufValue.f32(1))
                        .key("mistral3.rope.scaling.yarn_log_multiplier", GgufValue.f32(1))
                        .key("mistral3.attention.temperature_scale", GgufValue.f32(0.3f))
                        .without("output.weight")),
                Arguments.of("YaRN that grows vectors", (UnaryOperator<RandomGguf>)
                        file -> file.key("llama.rope.scaling.type", GgufValue.of("yarn"))
                                .key("llama.rope.scaling.factor", GgufValue.f32(4))
                                .key("llama.rope.scaling.original_context_length", GgufValue.u32(32))
                                .key("llama.rope.scaling.yarn_beta_fast", GgufValue.f32(32))
                                .key("llama.rope.scaling.yarn_beta_slow", GgufValue.f32(1))),
                Arguments.of("experts in one tensor", (UnaryOperator<RandomGguf>) file -> file.experts(5, 2, true)),
                Arguments.of("experts by themselves", (UnaryOperator<RandomGguf>) file -> file.experts(4, 2, false)),
                Arguments.of("one expert", (UnaryOperator<RandomGguf>) file -> file.experts(3, 1, true)),
                Arguments.of("more experts than a graph has room for", (UnaryOperator<RandomGguf>)
                        file -> file.experts(45, 3, true)));
        return members.filter(member -> !TestedDevices.isOnSdk() || FEW.contains((String) member.get()[0]));
    }

    @Tag(ON_SDK)
    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void everyMemberOfTheFamilyIsConfigurationOnly(String name, UnaryOperator<RandomGguf> change) {
        try (Model model = open(change.apply(new RandomGguf(Shape.ODD, GgmlType.F32, 15)))) {
            int[] tokens = randomTokens(Shape.ODD, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            try (Session session = model.newSession(new SessionOptions(0, 11))) {
                for (int[] parts : new int[][] {{1}, {LENGTH}, {3, 7, 2, 9}}) {
                    double[][] actual = logits(session, tokens, parts);
                    for (int t = 0; t < LENGTH; t++) {
                        if (actual[t] != null) {
                            double error = distance(expected[t], actual[t]);
                            assertTrue(error <= 1e-4, name + ", token " + t + ": relative error " + error);
                        }
                    }
                }
            }
        }
    }

    /** The models' proportions: of heads to key heads, and of all heads to the residual stream; and their windows. */
    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("7B v0.1", new Shape(64, 2, 4, 1, 16, 224, 300, 12, 1e4f, 128)),
                Arguments.of("7B v0.2 and v0.3", new Shape(64, 2, 4, 1, 16, 224, 310, 0, 1e6f, 128)),
                Arguments.of("Codestral and Small", new Shape(96, 2, 6, 1, 16, 256, 310, 0, 1e6f, 128)),
                Arguments.of("Nemo and Small 3", new Shape(80, 2, 4, 1, 16, 224, 500, 0, 1e8f, 128)),
                Arguments.of(
                        "wider heads than the residual stream", new Shape(48, 2, 4, 1, 16, 144, 300, 0, 1e6f, 128)),
                Arguments.of("a shape that nobody knows", new Shape(22, 1, 3, 3, 2, 7, 263, 1, 3.5f, 64)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyShapeThatTensorsFitRuns(String name, Shape shape) {
        try (Model model = open(new RandomGguf(shape, GgmlType.F32, 19))) {
            int[] tokens = randomTokens(shape, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            try (Session session = model.newSession(new SessionOptions(0, 11))) {
                double[][] actual = logits(session, tokens, 3, 11, 1, 9);
                for (int t = 0; t < LENGTH; t++) {
                    if (actual[t] != null) {
                        double error = distance(expected[t], actual[t]);
                        assertTrue(error <= 1e-4, name + ", token " + t + ": relative error " + error);
                    }
                }
            }
        }
    }

    /** Groups of a few work-items, because the reference device takes them one by one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void everyMemberRunsInWorkGroupsToo(String name, UnaryOperator<RandomGguf> change) {
        int length = 14; // the cache of a window goes around
        Path path = change.apply(new RandomGguf(Shape.ODD, GgmlType.F32, 15)).write(folder.resolve("m.gguf"));
        try (Model model = Model.open(path, IN_GROUPS);
                Session session = model.newSession(new SessionOptions(0, 6))) {
            int[] tokens = randomTokens(Shape.ODD, length);
            double[][] expected = new Float64Model(path, false).logits(tokens);
            double[][] actual = logits(session, tokens, 4, 6, 1);
            for (int t = 0; t < length; t++) {
                if (actual[t] != null) {
                    double error = distance(expected[t], actual[t]);
                    assertTrue(error <= 1e-4, name + ", token " + t + ": relative error " + error);
                }
            }
        }
    }

    @Test
    void expertsOfBlockTypesRunInWorkGroupsToo() {
        Path path = new RandomGguf(Shape.BLOCKS, GgmlType.Q4_1, 16)
                .experts(3, 2, false)
                .write(folder.resolve("m.gguf"));
        try (Model model = Model.open(path, IN_GROUPS);
                Session session = model.newSession(new SessionOptions(0, 6))) {
            int[] tokens = randomTokens(Shape.BLOCKS, 9);
            double[][] expected = new Float64Model(path, true).logits(tokens);
            double[][] actual = logits(session, tokens, 6, 1);
            double[] errors = IntStream.range(0, tokens.length)
                    .filter(t -> actual[t] != null)
                    .mapToDouble(t -> distance(expected[t], actual[t]))
                    .sorted()
                    .toArray();
            assertTrue(errors[errors.length / 2] < 1e-4, "errors " + Arrays.toString(errors));
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, 1e-3", "Q8_0, 0.03"})
    void workGroupsReadPackedCachesToo(CacheFormat format, double tolerance) {
        Path path = new RandomGguf(Shape.BLOCKS, GgmlType.F32, 17).write(folder.resolve("m.gguf"));
        try (Model model = Model.open(path, IN_GROUPS);
                Session session = model.newSession(new SessionOptions(0, 6, format))) {
            int[] tokens = randomTokens(Shape.BLOCKS, 14);
            double[][] expected = new Float64Model(path, false).logits(tokens);
            double[][] actual = logits(session, tokens, 5, 1);
            for (int t = 0; t < tokens.length; t++) {
                double error = actual[t] == null ? 0 : distance(expected[t], actual[t]);
                assertTrue(error <= tolerance, "token " + t + ": relative error " + error);
            }
        }
    }

    @Test
    void expertsOfBlockTypesRoundTheirActivations() {
        try (Model model = open(new RandomGguf(Shape.LARGE_BLOCKS, GgmlType.Q4_K, 16).experts(4, 2, true));
                Session session = model.newSession(new SessionOptions(0, 8))) {
            int[] tokens = randomTokens(Shape.LARGE_BLOCKS, 20);
            double[][] expected = new Float64Model(model.source().path(), true).logits(tokens);
            double[] errors = new double[20];
            double[][] actual = logits(session, tokens, 1);
            for (int t = 0; t < 20; t++) {
                errors[t] = distance(expected[t], actual[t]);
            }
            Arrays.sort(errors);
            // Rarely, rounding makes the third expert the second: that token's answer is another one.
            assertTrue(errors[10] < 1e-4, "median " + errors[10]);
        }
    }

    /**
     * Relative error of a dot product whose one factor is rounded: binary16 rounds by at most 2^-11, int8 in blocks of
     * 32 by about 0.6 %, see {@link #quantizationBound}. Keys and values are two of the seven products of a layer that
     * inputs pass.
     */
    @Tag(ON_SDK)
    @ParameterizedTest
    @CsvSource({"F16, 1e-3", "Q8_0, 0.03"})
    void otherTypesOfCacheAreAsExactAsTheyRound(CacheFormat format, double tolerance) {
        try (Model model = open(new RandomGguf(Shape.BLOCKS, GgmlType.F32, 17));
                Session session = model.newSession(new SessionOptions(0, 6, format));
                Session plain = model.newSession(new SessionOptions(0, 6))) {
            int[] tokens = randomTokens(Shape.BLOCKS, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            double[][] actual = logits(session, tokens, 5, 1);
            double largest = 0;
            for (int t = 0; t < LENGTH; t++) {
                largest = actual[t] == null ? largest : Math.max(largest, distance(expected[t], actual[t]));
            }
            assertTrue(largest <= tolerance, "relative error " + largest);
            assertTrue(largest > 1e-5, "the cache is not rounded: " + largest);
            assertTrue(session.kvCacheBytes() * 2 <= plain.kvCacheBytes() + 64, "bytes " + session.kvCacheBytes());
        }
    }

    @Test
    void refusesCachesWhoseBlocksAHeadDoesNotFill() {
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 18))) {
            ContextException refusal = assertThrows(
                    ContextException.class, () -> model.newSession(new SessionOptions(0, 6, CacheFormat.Q8_0)));
            assertTrue(refusal.getMessage().contains("blocks of 32 elements; a head of 10"), refusal.getMessage());
        }
    }

    @Tag(ON_SDK)
    @ParameterizedTest
    @MethodSource("plainShapes")
    void bfloat16WeightsAreExact(Shape shape) {
        try (Model model = open(new RandomGguf(shape, GgmlType.BF16, 3));
                Session session = model.newSession(new SessionOptions(0, 11))) {
            int[] tokens = randomTokens(shape, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            double[][] actual = logits(session, tokens, 3, 7, 1, 9);
            for (int t = 0; t < LENGTH; t++) {
                assertTrue(actual[t] == null || distance(expected[t], actual[t]) <= 1e-4, "token " + t);
            }
        }
    }

    static Stream<Shape> plainShapes() {
        return Stream.of(Shape.ODD, Shape.BLOCKS);
    }
}
