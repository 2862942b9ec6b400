package dev.sirocco.model.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.loading.ModelConfig.WindowSource;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.graph.Experts;
import dev.sirocco.tasks.rope.QueryTemperature;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryScaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelConfigTest {
    @TempDir
    Path folder;

    private RandomGguf model;

    @BeforeEach
    void makeModel() {
        model = new RandomGguf(Shape.ODD, GgmlType.F32, 1);
    }

    private ModelConfig read(Optional<AttentionWindows> windows) {
        try (ModelSource file = ModelSource.open(model.write(folder.resolve("m.gguf")))) {
            return ModelConfig.read(file, windows);
        }
    }

    private ModelConfig read() {
        return read(Optional.empty());
    }

    private void refuses(String problem) {
        String message = assertThrows(GgufException.class, this::read).getMessage();
        assertEquals(folder.resolve("m.gguf") + ": " + problem, message);
    }

    @Test
    void readsTheKeysOfTheFile() {
        assertEquals(
                new ModelConfig(
                        "llama",
                        "random",
                        36,
                        3,
                        6,
                        2,
                        10,
                        50,
                        301,
                        AttentionWindows.of(5),
                        WindowSource.FILE,
                        Rotary.of(1e4, RotaryPairs.ADJACENT),
                        Experts.NONE,
                        1e-5f,
                        128,
                        false),
                read());
    }

    @Test
    void takesWhatIsMissingFromElsewhere() {
        model.key("general.name", null)
                .key("llama.attention.head_count_kv", null)
                .key("llama.attention.key_length", null)
                .key("llama.attention.value_length", null)
                .key("llama.attention.sliding_window", null)
                .key("llama.rope.freq_base", null)
                .key("llama.vocab_size", null)
                .without("output.weight");
        ModelConfig config = read();
        assertEquals("m.gguf", config.name());
        assertEquals(6, config.kvHeads());
        assertEquals(10, config.headDim()); // rope.dimension_count
        assertEquals(1e4, config.rotary().theta());
        assertEquals(301, config.vocab());
        assertEquals(AttentionWindows.NONE, config.windows());
        assertEquals(WindowSource.NONE, config.windowSource());
        assertTrue(config.tiedOutput());
        model.key("llama.rope.dimension_count", null);
        assertEquals(6, read().headDim()); // dim / heads
    }

    @Test
    void takesTheWindowFromTheUserFirst() {
        Optional<AttentionWindows> several = Optional.of(new AttentionWindows(List.of(9, 0)));
        assertEquals(several.get(), read(several).windows());
        assertEquals(WindowSource.OPTION, read(several).windowSource());
        Optional<AttentionWindows> none = Optional.of(AttentionWindows.NONE);
        assertEquals(AttentionWindows.NONE, read(none).windows());
        assertEquals(WindowSource.NONE, read(none).windowSource());
    }

    @Test
    void takesAListOfWindowsForTheLayersInTurn() {
        model.key("llama.attention.sliding_window", GgufValue.i32s(0, 7, 7));
        AttentionWindows windows = read().windows();
        assertEquals(
                List.of(0, 7, 7, 0, 7),
                IntStream.range(0, 5).mapToObj(windows::inLayer).toList());
        assertEquals(WindowSource.FILE, read().windowSource());
        model.key("llama.attention.sliding_window", GgufValue.i32s());
        refuses("llama.attention.sliding_window is an empty list; it must have a window for at least one layer");
        model.key("llama.attention.sliding_window", GgufValue.i32s(5, -1));
        refuses("llama.attention.sliding_window is -1; it must be at least 1, or 0 for none");
    }

    @Test
    void knowsTheWindowOfMistral7bV01() {
        model.key("llama.embedding_length", GgufValue.u32(4096))
                .key("llama.block_count", GgufValue.u32(32))
                .key("llama.attention.head_count", GgufValue.u32(32))
                .key("llama.attention.head_count_kv", GgufValue.u32(8))
                .key("llama.attention.key_length", null)
                .key("llama.attention.value_length", null)
                .key("llama.rope.dimension_count", GgufValue.u32(128))
                .key("llama.feed_forward_length", GgufValue.u32(14336))
                .key("llama.attention.sliding_window", null)
                .key("llama.vocab_size", GgufValue.u32(32000))
                .zeroes("token_embd.weight", GgmlType.Q4_0, 32, 32000);
        assertEquals(AttentionWindows.of(4096), read().windows());
        assertEquals(WindowSource.KNOWN_MODEL, read().windowSource());
        model.key("llama.rope.freq_base", GgufValue.f32(1e6f)); // v0.2
        assertEquals(AttentionWindows.NONE, read().windows());
    }

    @Test
    void knowsTheWindowsOfMinistral8b() {
        model.key("llama.embedding_length", GgufValue.u32(4096))
                .key("llama.block_count", GgufValue.u32(36))
                .key("llama.attention.head_count", GgufValue.u32(32))
                .key("llama.attention.head_count_kv", GgufValue.u32(8))
                .key("llama.attention.key_length", GgufValue.u32(128))
                .key("llama.attention.value_length", GgufValue.u32(128))
                .key("llama.rope.dimension_count", GgufValue.u32(128))
                .key("llama.feed_forward_length", GgufValue.u32(12288))
                .key("llama.attention.sliding_window", null)
                .key("llama.rope.freq_base", GgufValue.f32(1e8f))
                .key("llama.vocab_size", GgufValue.u32(131072))
                .zeroes("token_embd.weight", GgmlType.Q4_0, 32, 131072);
        assertEquals("0,32768,32768,32768", read().windows().toString());
        assertEquals(WindowSource.KNOWN_MODEL, read().windowSource());
    }

    @Test
    void readsTheScalingOfMinistral3() {
        model.architecture("mistral3")
                .key("mistral3.rope.scaling.type", GgufValue.of("yarn"))
                .key("mistral3.rope.scaling.factor", GgufValue.f32(16))
                .key("mistral3.rope.scaling.original_context_length", GgufValue.u32(16384))
                .key("mistral3.rope.scaling.yarn_beta_fast", GgufValue.f32(32))
                .key("mistral3.rope.scaling.yarn_beta_slow", GgufValue.f32(1))
                .key("mistral3.rope.scaling.yarn_log_multiplier", GgufValue.f32(1))
                .key("mistral3.attention.temperature_scale", GgufValue.f32(0.1f));
        Rotary rotary = read().rotary();
        assertEquals(new RotaryScaling.Yarn(16, 16384, 32, 1, 1), rotary.scaling());
        assertEquals(new QueryTemperature(0.1f, 16384), rotary.temperature());
        model.key("mistral3.rope.scaling.yarn_log_multiplier", null);
        assertEquals(
                1 + 0.1 * Math.log(16), ((RotaryScaling.Yarn) read().rotary().scaling()).magnitude(), 1e-12);
        model.key("mistral3.rope.scaling.yarn_ext_factor", GgufValue.f32(0.5f));
        refuses("mistral3.rope.scaling.yarn_ext_factor is 0.5, which is not supported; 1 is");
    }

    @Test
    void readsLinearScalingFromEitherKey() {
        model.key("llama.rope.scale_linear", GgufValue.f32(2));
        assertEquals(new RotaryScaling.Linear(2), read().rotary().scaling());
        model.key("llama.rope.scale_linear", null)
                .key("llama.rope.scaling.type", GgufValue.of("linear"))
                .key("llama.rope.scaling.factor", GgufValue.f32(4));
        assertEquals(new RotaryScaling.Linear(4), read().rotary().scaling());
        model.key("llama.rope.scaling.factor", null);
        assertEquals(RotaryScaling.NONE, read().rotary().scaling());
    }

    @Test
    void readsHowManyExpertsThereAre() {
        model.key("llama.expert_count", GgufValue.u32(8)).key("llama.expert_used_count", GgufValue.u32(2));
        assertEquals(new Experts(8, 2), read().experts());
        model.key("llama.expert_used_count", GgufValue.u32(9));
        refuses("llama.expert_used_count is 9 of llama.expert_count 8; 1 to that many can be used, of at most 256");
        model.key("llama.expert_used_count", GgufValue.u32(2)).key("llama.expert_shared_count", GgufValue.u32(1));
        refuses("llama.expert_shared_count is 1, which is not supported; Mixtral's experts are");
        model.key("llama.expert_shared_count", null).key("llama.expert_gating_func", GgufValue.u32(2));
        refuses("llama.expert_gating_func is 2, which is not supported; 1 (softmax) is");
    }

    @Test
    void refusesWhatTheForwardPassDoesNotDo() {
        model.key("llama.rope.scaling.type", GgufValue.of("longrope"));
        refuses("llama.rope.scaling.type is 'longrope', which is not supported; none, linear and yarn are");
        model.key("llama.rope.scaling.type", GgufValue.of("none"));
        model.key("llama.rope.scale_linear", GgufValue.f32(1));
        assertFalse(read().tiedOutput());
        model.key("general.architecture", GgufValue.of("qwen2\n"));
        refuses("the architecture 'qwen2\\u000a' (general.architecture) is not supported; use a model of architecture "
                + "'llama' or 'mistral3', as the files of the Mistral family are");
    }

    @Test
    void refusesNumbersThatDoNotFitEachOther() {
        model.key("llama.attention.head_count_kv", GgufValue.u32(4));
        refuses("llama.attention.head_count is 6, which llama.attention.head_count_kv 4 does not divide");
        model.key("llama.attention.head_count_kv", GgufValue.u32(2))
                .key("llama.rope.dimension_count", GgufValue.u32(8));
        refuses("llama.rope.dimension_count is 8 for heads of 10 elements; heads that are rotated in part are not "
                + "supported");
        model.key("llama.rope.dimension_count", null).key("llama.attention.value_length", GgufValue.u32(12));
        refuses("llama.attention.value_length is 12 for keys of 10 elements; they must be equal");
        model.key("llama.attention.value_length", null).key("llama.attention.key_length", GgufValue.u32(9));
        refuses("llama.attention.key_length is 9; a head must have an even number of elements");
        model.key("llama.attention.key_length", null).key("llama.embedding_length", GgufValue.u32(37));
        refuses("llama.embedding_length 37 is no multiple of llama.attention.head_count 6, and "
                + "llama.attention.key_length does not say how long a head is");
        model.key("llama.embedding_length", GgufValue.u32(36)).key("llama.vocab_size", GgufValue.u32(300));
        refuses("llama.vocab_size is 300, but tensor 'token_embd.weight' has 301 rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding_length",
                "block_count",
                "attention.head_count",
                "attention.head_count_kv",
                "attention.key_length",
                "feed_forward_length",
                "context_length"
            })
    void refusesNumbersBelowOneAndAboveAnInt(String name) {
        model.key("llama." + name, GgufValue.u32(0));
        refuses("llama." + name + " is 0; it must be at least 1");
        model.key("llama." + name, GgufValue.u32(0xFFFF_FFFFL));
        String message = assertThrows(GgufException.class, this::read).getMessage();
        assertTrue(message.contains("llama." + name) && message.contains("4294967295"), message);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1e-5f, Float.NaN, Float.POSITIVE_INFINITY, 1})
    void refusesAnEpsilonThatIsNoSmallPositiveNumber(float eps) {
        model.key("llama.attention.layer_norm_rms_epsilon", GgufValue.f32(eps));
        refuses("llama.attention.layer_norm_rms_epsilon is " + eps + "; it must be between 0 and 1");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesAThetaThatIsNotPositive(float theta) {
        model.key("llama.rope.freq_base", GgufValue.f32(theta));
        refuses("llama.rope.freq_base is " + theta + "; it must be a positive number");
    }

    @Test
    void refusesAWindowOfAnotherKind() {
        model.key("llama.attention.sliding_window", GgufValue.of("wide"));
        String message = assertThrows(GgufException.class, this::read).getMessage();
        assertTrue(message.contains("llama.attention.sliding_window"), message);
    }
}
