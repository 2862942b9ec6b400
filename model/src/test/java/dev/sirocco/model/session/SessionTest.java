package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.Float64Model;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.testing.TestedDevices;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Logits of whole models, from the file, on every device. */
@ParameterizedClass
@MethodSource("devices")
final class SessionTest {
    /** Tests that profile tornadovm-sdk runs as well: there a session takes half a minute to prepare. */
    static final String ON_SDK = "on-sdk";

    private static final int LENGTH = 60; // of 128, with a cache of at most 15 slots: four times around

    @TempDir
    Path folder;

    @Parameter
    String device;

    static Stream<String> devices() {
        return TestedDevices.ids().stream();
    }

    static Stream<Arguments> models() {
        Stream<Arguments> models = Stream.of(
                Arguments.of(Shape.ODD, GgmlType.F32),
                Arguments.of(Shape.ODD, GgmlType.F16),
                Arguments.of(Shape.BLOCKS, GgmlType.F32),
                Arguments.of(Shape.BLOCKS, GgmlType.Q8_0),
                Arguments.of(Shape.BLOCKS, GgmlType.Q4_0),
                Arguments.of(Shape.LARGE_BLOCKS, GgmlType.Q4_K));
        return TestedDevices.isOnSdk() ? Stream.concat(models, otherBlocks()) : models;
    }

    /** The other block types. On an SDK nothing else runs whole models of each. */
    private static Stream<Arguments> otherBlocks() {
        Stream<GgmlType> small = Stream.of(GgmlType.Q4_1, GgmlType.Q5_0, GgmlType.Q5_1, GgmlType.IQ4_NL);
        Stream<GgmlType> large = Stream.of(GgmlType.Q2_K, GgmlType.Q3_K, GgmlType.Q5_K, GgmlType.Q6_K, GgmlType.IQ4_XS);
        return Stream.concat(
                small.map(type -> Arguments.of(Shape.BLOCKS, type)),
                large.map(type -> Arguments.of(Shape.LARGE_BLOCKS, type)));
    }

    /**
     * The relative error that rounding activations to int8 explains. Rounding moves an element by a uniform error of
     * standard deviation scale/√12, where scale is a 127th of the largest of 32 elements. For normal elements that
     * largest is on average 2.1 standard deviations, so the error is 2.1 / (127 · √12) = 0.5 % of a standard deviation;
     * with heavier tails 0.6 %. A product with random weights passes the relative error on. Errors of products that
     * feed each other are independent and add as squares: four a layer and the logits. The factor two is for what
     * SwiGLU and softmax amplify.
     */
    static double quantizationBound(Shape shape) {
        return 2 * 0.006 * Math.sqrt(4 * shape.layers() + 1);
    }

    private Model open(RandomGguf file) {
        Path path = file.write(folder.resolve("m.gguf"));
        return Model.open(path, ModelOptions.DEFAULT.withDevice(TestedDevices.find(device)));
    }

    static int[] randomTokens(Shape shape, int length) {
        return new SplittableRandom(length).ints(length, 0, shape.vocab()).toArray();
    }

    /** {@return the logits after each token, fed in parts of the given sizes, the last one repeated} */
    static double[][] logits(Session session, int[] tokens, int... parts) {
        double[][] logits = new double[tokens.length][];
        int part = 0;
        session.reset();
        while (session.length() < tokens.length) {
            int size = Math.min(parts[Math.min(part++, parts.length - 1)], session.remaining());
            int end = Math.min(tokens.length, session.length() + size);
            session.append(Arrays.copyOfRange(tokens, session.length(), end));
            logits[session.length() - 1] = copy(session.logits());
        }
        return logits;
    }

    private static double[] copy(FloatArray logits) {
        double[] copy = new double[logits.getSize()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = logits.get(i);
        }
        return copy;
    }

    static double distance(double[] expected, double[] actual) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            length += expected[i] * expected[i];
        }
        return Math.sqrt(difference / length);
    }

    @Tag(ON_SDK)
    @ParameterizedTest
    @MethodSource("models")
    void logitsAreThoseOfADoublePrecisionForwardInAnyChunking(Shape shape, GgmlType type) {
        double tolerance = type.isQuantized() ? quantizationBound(shape) : 1e-4;
        try (Model model = open(new RandomGguf(shape, type, 3))) {
            int[] tokens = randomTokens(shape, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            for (int chunk : TestedDevices.isOnSdk() ? new int[] {11} : new int[] {4, 11}) {
                try (Session session = model.newSession(new SessionOptions(0, chunk))) {
                    for (int[] parts : new int[][] {{1}, {LENGTH}, {3, 7, 2, 9}}) {
                        double[][] actual = logits(session, tokens, parts);
                        for (int t = 0; t < LENGTH; t++) {
                            if (actual[t] != null) {
                                double error = distance(expected[t], actual[t]);
                                assertTrue(
                                        error <= tolerance,
                                        "token " + t + ", chunk " + chunk + ", parts " + Arrays.toString(parts)
                                                + ": relative error " + error);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void withoutAWindowEveryTokenSeesAllBeforeIt() {
        Shape shape = Shape.ODD.withWindow(0);
        try (Model model = open(new RandomGguf(shape, GgmlType.F32, 5));
                Session session = model.newSession(new SessionOptions(0, 16))) {
            int[] tokens = randomTokens(shape, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            double[][] actual = logits(session, tokens, 50, 1);
            assertTrue(distance(expected[LENGTH - 1], actual[LENGTH - 1]) < 1e-4);
        }
    }

    @Tag(ON_SDK)
    @Test
    void longSequencesGoAroundTheRollingBufferToTheEndOfTheContext() {
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 6));
                Session session = model.newSession(new SessionOptions(128, 3))) {
            int[] tokens = randomTokens(Shape.ODD, 128); // 7 slots: 18 times around
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            double[][] actual = logits(session, tokens, 5, 1, 1, 1, 1, 4, 1);
            for (int t = 0; t < 128; t++) {
                if (actual[t] != null) {
                    assertTrue(distance(expected[t], actual[t]) < 1e-4, "token " + t);
                }
            }
            assertEquals(0, session.remaining());
        }
    }

    @Tag(ON_SDK)
    @Test
    void tiedOutputUsesTheEmbedding() {
        RandomGguf file = new RandomGguf(Shape.BLOCKS, GgmlType.F16, 7).without("output.weight");
        try (Model model = open(file);
                Session session = model.newSession(SessionOptions.DEFAULT)) {
            int[] tokens = randomTokens(Shape.BLOCKS, 20);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            assertTrue(distance(expected[19], logits(session, tokens, 20)[19]) < 1e-4);
        }
    }

    @Test
    void theWindowOptionReplacesTheFiles() {
        try (Model narrow = open(new RandomGguf(Shape.ODD, GgmlType.F32, 8));
                Session session = narrow.newSession(SessionOptions.DEFAULT)) {
            int[] tokens = randomTokens(Shape.ODD, 20);
            double[] expected = logits(session, tokens, 20)[19];
            Path wide = new RandomGguf(Shape.ODD.withWindow(0), GgmlType.F32, 8).write(folder.resolve("wide.gguf"));
            ModelOptions options =
                    ModelOptions.DEFAULT.withDevice(TestedDevices.find(device)).withWindows(AttentionWindows.of(5));
            try (Model model = Model.open(wide, options);
                    Session other = model.newSession(SessionOptions.DEFAULT)) {
                assertArrayEquals(expected, logits(other, tokens, 20)[19]);
            }
        }
    }

    @Tag(ON_SDK)
    @Test
    void scoresAreLogProbabilitiesOfTheLogits() {
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 9));
                Session session = model.newSession(new SessionOptions(64, 23))) {
            int[] tokens = randomTokens(Shape.ODD, LENGTH);
            double[][] expected = new Float64Model(model.source().path(), false).logits(tokens);
            double[][] seen = new double[LENGTH][];
            double[] scores = session.score(tokens, (index, logits) -> {
                seen[index] = new double[logits.length];
                for (int i = 0; i < logits.length; i++) {
                    seen[index][i] = logits[i];
                }
            });
            assertEquals(LENGTH - 1, scores.length);
            for (int t = 0; t < LENGTH; t++) {
                assertTrue(distance(expected[t], seen[t]) < 1e-4, "token " + t);
            }
            for (int t = 0; t + 1 < LENGTH; t++) {
                double sum = Arrays.stream(expected[t]).map(Math::exp).sum();
                assertEquals(Math.log(Math.exp(expected[t][tokens[t + 1]]) / sum), scores[t], 1e-3);
            }
        }
    }

    @Test
    void refusesTextsLongerThanTheContext() {
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 10));
                Session session = model.newSession(new SessionOptions(16, 4))) {
            session.append(1, 2, 3);
            assertEquals(
                    "14 tokens do not fit: the context is 16 tokens, of which 13 are free; shorten the text or ask for a "
                            + "larger context (--ctx)",
                    assertThrows(ContextException.class, () -> session.append(new int[14]))
                            .getMessage());
            assertThrows(ContextException.class, () -> session.score(new int[17], LogitsListener.NONE));
            assertEquals(
                    "a context of 129 tokens was asked for, but the model was made for 128; ask for that at most (--ctx)",
                    assertThrows(ContextException.class, () -> model.newSession(new SessionOptions(129, 0)))
                            .getMessage());
        }
    }

    @Test
    void refusesTokensOutsideTheVocabulary() {
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 11));
                Session session = model.newSession(SessionOptions.DEFAULT)) {
            assertEquals(
                    "token id 301 is not in the vocabulary, which has ids 0 to 300",
                    assertThrows(IllegalArgumentException.class, () -> session.append(1, 301))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> session.append(-1));
            assertEquals(0, session.length());
            assertThrows(IllegalStateException.class, session::logits);
        }
    }

    @Test
    void closingAModelClosesItsSessions() {
        Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 12));
        Session session = model.newSession(SessionOptions.DEFAULT);
        session.append(1);
        model.close();
        model.close();
        session.close();
        assertThrows(IllegalStateException.class, session::logits);
        assertThrows(IllegalStateException.class, () -> model.newSession(SessionOptions.DEFAULT));
    }

    @Tag(ON_SDK)
    @Test
    void sessionsOfOneModelDoNotTouchEachOther() {
        try (Model model = open(new RandomGguf(Shape.BLOCKS, GgmlType.Q8_0, 13));
                Session first = model.newSession(SessionOptions.DEFAULT);
                Session second = model.newSession(SessionOptions.DEFAULT)) {
            int[] tokens = randomTokens(Shape.BLOCKS, 12);
            double[] expected = logits(first, tokens, 12)[11];
            first.reset();
            for (int token : tokens) {
                first.append(token);
                first.logits();
                second.append(7);
                second.logits();
            }
            assertArrayEquals(expected, copy(first.logits()), 1e-4);
        }
    }

    @Tag(ON_SDK)
    @Test
    void aSequenceThatIsContinuedElsewhereGivesTheLogitsOfAFreshOne() {
        int[] tokens = randomTokens(Shape.ODD, LENGTH);
        try (Model model = open(new RandomGguf(Shape.ODD, GgmlType.F32, 9))) {
            Session session = model.newSession(SessionOptions.DEFAULT.withChunk(4));
            Session fresh = model.newSession(SessionOptions.DEFAULT.withChunk(4));
            // Near the end, where the window is still in the cache; far back; nowhere; and everywhere.
            for (int common : new int[] {LENGTH - 2, LENGTH / 2, 1, 0, LENGTH}) {
                session.reset();
                session.append(tokens);
                session.logits();
                int[] other = tokens.clone();
                for (int i = common; i < LENGTH; i++) {
                    other[i] = (other[i] + 1) % Shape.ODD.vocab();
                }
                assertEquals(common, session.keep(other));
                assertEquals(common, session.length());
                session.append(Arrays.copyOfRange(other, common, LENGTH));
                fresh.reset();
                fresh.append(other);
                assertTrue(distance(copy(fresh.logits()), copy(session.logits())) < 1e-5, device + " " + common);
                // The logits of a beginning alone, whose own are gone.
                int[] beginning = Arrays.copyOf(other, Math.max(1, common));
                session.keep(beginning);
                session.append(Arrays.copyOfRange(beginning, session.length(), beginning.length));
                fresh.reset();
                fresh.append(beginning);
                assertTrue(distance(copy(fresh.logits()), copy(session.logits())) < 1e-5, device + " " + common);
            }
        }
    }
}
