package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.Float64Model;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.model.session.Generation.StopReason;
import dev.sirocco.testing.TestedDevices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop around the logits; which device computes them does not matter here. */
final class GenerationTest {
    private static final List<Integer> PROMPT = List.of(1, 260, 261, 262, 263, 264, 265);

    @TempDir
    Path folder;

    private Model model;
    private Session session;

    @BeforeEach
    void openModel() {
        open(new RandomGguf(Shape.ODD, GgmlType.F32, 1), 64);
    }

    private void open(RandomGguf file, int context) {
        closeModel();
        Path path = file.write(folder.resolve("m.gguf"));
        model = Model.open(path, ModelOptions.DEFAULT.withDevice(TestedDevices.find("reference")));
        session = model.newSession(new SessionOptions(context, 4));
    }

    @AfterEach
    void closeModel() {
        if (model != null) {
            model.close();
        }
    }

    private Generation greedy(List<Integer> prompt, int maxTokens) {
        return session.generate(
                new GenerationRequest(prompt, SamplerSettings.greedy(), maxTokens), GenerationListener.NONE);
    }

    @Test
    void greedyTokensAreThoseOfADoublePrecisionForward() {
        Generation generation = greedy(PROMPT, 40);
        assertEquals(40, generation.tokens().size());
        Float64Model exact = new Float64Model(model.source().path(), false);
        List<Integer> tokens = new ArrayList<>(PROMPT);
        tokens.addAll(generation.tokens());
        double[][] logits =
                exact.logits(tokens.stream().mapToInt(Integer::intValue).toArray());
        for (int t = PROMPT.size(); t < tokens.size(); t++) {
            double[] before = logits[t - 1];
            double best = Double.NEGATIVE_INFINITY;
            for (double logit : before) {
                best = Math.max(best, logit);
            }
            // Not more than fp32's error below the best, should two be that close.
            assertTrue(before[tokens.get(t)] > best - 1e-3, "token " + t);
        }
    }

    @Test
    void stopsAtTheNumberOfTokens() {
        assertEquals(StopReason.MAX_TOKENS, greedy(PROMPT, 3).stopReason());
        assertEquals(List.of(), greedy(List.of(5), 0).tokens());
    }

    @Test
    void stopsWhenTheContextIsFull() {
        Generation generation = greedy(PROMPT, -1);
        assertEquals(StopReason.CONTEXT_FULL, generation.stopReason());
        assertEquals(64 - PROMPT.size(), generation.tokens().size());
        assertEquals(0, session.remaining());
    }

    @Test
    void stopsAtTheEndOfSequenceToken() {
        List<Integer> expected = greedy(PROMPT, 5).tokens();
        int end = expected.get(3);
        int first = expected.indexOf(end);
        open(new RandomGguf(Shape.ODD, GgmlType.F32, 1).key("tokenizer.ggml.eos_token_id", GgufValue.u32(end)), 64);
        Generation generation = greedy(PROMPT, 50);
        assertEquals(StopReason.END_OF_SEQUENCE, generation.stopReason());
        assertEquals(expected.subList(0, first), generation.tokens());
    }

    @Test
    void goesOnWhereTheLastGenerationStopped() {
        List<Integer> whole = greedy(PROMPT, 10).tokens();
        session.reset();
        List<Integer> parts = new ArrayList<>(greedy(PROMPT, 4).tokens());
        parts.addAll(greedy(List.of(), 6).tokens());
        assertEquals(whole, parts);
    }

    @Test
    void aSeedGivesTheSameTextAgain() {
        List<List<Integer>> runs = Stream.of(5L, 5L, 6L)
                .map(seed -> {
                    session.reset();
                    SamplerSettings sampler = new SamplerSettings(1, 40, 0.95, 0.05, seed);
                    return session.generate(new GenerationRequest(PROMPT, sampler, 30), GenerationListener.NONE)
                            .tokens();
                })
                .toList();
        assertEquals(runs.get(0), runs.get(1));
        assertNotEquals(runs.get(0), runs.get(2));
    }

    @Test
    void streamsTheTextThatItReturns() {
        StringBuilder streamed = new StringBuilder();
        List<Integer> ids = new ArrayList<>();
        List<Integer> promptProgress = new ArrayList<>();
        Generation generation = session.generate(
                new GenerationRequest(PROMPT, new SamplerSettings(2, 0, 1, 0, 3), 50), new GenerationListener() {
                    @Override
                    public boolean prompt(int done, int total) {
                        assertEquals(PROMPT.size(), total);
                        return promptProgress.add(done);
                    }

                    @Override
                    public boolean token(int id, String text) {
                        streamed.append(text);
                        return ids.add(id);
                    }

                    @Override
                    public void end(String text) {
                        streamed.append(text);
                    }
                });
        assertEquals(generation.text(), streamed.toString());
        assertEquals(generation.tokens(), ids);
        assertEquals(List.of(4, 7), promptProgress);
        List<Integer> all = new ArrayList<>(PROMPT);
        all.addAll(generation.tokens());
        assertEquals(decode(all), decode(PROMPT) + generation.text());
        assertTrue(generation.promptNanos() > 0 && generation.generationNanos() > 0);
    }

    private String decode(List<Integer> ids) {
        return model.tokenizer().decode(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void endsWhenTheListenerHasEnough() {
        Generation generation =
                session.generate(new GenerationRequest(PROMPT, SamplerSettings.greedy(), 50), new GenerationListener() {
                    private int count;

                    @Override
                    public boolean token(int id, String text) {
                        return ++count < 3;
                    }
                });
        assertEquals(StopReason.CANCELLED, generation.stopReason());
        assertEquals(3, generation.tokens().size());
    }

    @Test
    void endsDuringALongPromptWhenTheListenerHasEnough() {
        session.reset();
        Generation generation =
                session.generate(new GenerationRequest(PROMPT, SamplerSettings.greedy(), 50), new GenerationListener() {
                    @Override
                    public boolean prompt(int done, int total) {
                        return false;
                    }
                });
        assertEquals(StopReason.CANCELLED, generation.stopReason());
        assertEquals(List.of(), generation.tokens());
        assertEquals(3, session.pending());
    }

    @Test
    void refusesPromptsThatDoNotFitOrAreNone() {
        assertEquals(
                "there is no prompt to generate after; give a text or tokens",
                assertThrows(IllegalArgumentException.class, () -> greedy(List.of(), 5))
                        .getMessage());
        String message = assertThrows(
                        ContextException.class,
                        () -> greedy(Stream.generate(() -> 5).limit(65).toList(), 5))
                .getMessage();
        assertTrue(message.startsWith("65 tokens do not fit: the context is 64 tokens"), message);
    }

    @Test
    void reportsLogitsThatAreNotNumbers() {
        open(
                new RandomGguf(Shape.ODD, GgmlType.F32, 1)
                        .key("llama.attention.layer_norm_rms_epsilon", GgufValue.f32(1e-38f))
                        .zeroes("token_embd.weight", GgmlType.F32, 36, 301)
                        .infinite("output.weight"),
                64);
        String message = assertThrows(IllegalArgumentException.class, () -> greedy(PROMPT, 5))
                .getMessage();
        assertTrue(message.contains("is NaN, so no token can be chosen"), message);
        assertThrows(IllegalArgumentException.class, () -> session.score(new int[] {1, 2}, LogitsListener.NONE));
    }

    @Test
    void refusesAVocabularyThatDoesNotFitTheEmbedding() {
        RandomGguf file = new RandomGguf(Shape.ODD, GgmlType.F32, 1)
                .key("llama.vocab_size", null)
                .zeroes("token_embd.weight", GgmlType.F32, 36, 300);
        String message = assertThrows(GgufException.class, () -> open(file, 64)).getMessage();
        assertTrue(
                message.endsWith(
                        "the tokenizer has 301 tokens, but the embedding has 300 rows; convert the model again"),
                message);
    }

    @Test
    void tellsHowFarLoadingIs() {
        List<String> steps = new ArrayList<>();
        ModelOptions options = ModelOptions.DEFAULT
                .withDevice(TestedDevices.find("reference"))
                .withListener((step, done, total) -> steps.add(step + " " + done + "/" + total));
        try (Model other = Model.open(model.source().path(), options)) {
            assertEquals(30, steps.size());
            assertEquals("MAP_WEIGHTS 30/30", steps.getLast());
            other.newSession(SessionOptions.DEFAULT).close();
            assertEquals(List.of("PREPARE_DEVICE 0/1", "PREPARE_DEVICE 1/1"), steps.subList(30, 32));
        }
    }
}
