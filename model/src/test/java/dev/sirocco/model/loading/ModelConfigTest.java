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
import dev.sirocco.tasks.rope.RotaryPairs;
import java.nio.file.Path;
import java.util.OptionalInt;
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

    private ModelConfig read(OptionalInt window) {
        try (ModelSource file = ModelSource.open(model.write(folder.resolve("m.gguf")))) {
            return ModelConfig.read(file, window);
        }
    }

    private ModelConfig read() {
        return read(OptionalInt.empty());
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
                        5,
                        WindowSource.FILE,
                        1e4,
                        RotaryPairs.ADJACENT,
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
        assertEquals(1e4, config.theta());
        assertEquals(301, config.vocab());
        assertEquals(0, config.window());
        assertEquals(WindowSource.NONE, config.windowSource());
        assertTrue(config.tiedOutput());
        model.key("llama.rope.dimension_count", null);
        assertEquals(6, read().headDim()); // dim / heads
    }

    @Test
    void takesTheWindowFromTheUserFirst() {
        assertEquals(9, read(OptionalInt.of(9)).window());
        assertEquals(WindowSource.OPTION, read(OptionalInt.of(9)).windowSource());
        assertEquals(0, read(OptionalInt.of(0)).window());
        assertEquals(WindowSource.NONE, read(OptionalInt.of(0)).windowSource());
        assertEquals(
                "the window is -1; it must be at least 1, or 0 for none",
                assertThrows(IllegalArgumentException.class, () -> read(OptionalInt.of(-1)))
                        .getMessage());
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
        assertEquals(4096, read().window());
        assertEquals(WindowSource.KNOWN_MODEL, read().windowSource());
        model.key("llama.rope.freq_base", GgufValue.f32(1e6f)); // v0.2
        assertEquals(0, read().window());
    }

    @Test
    void refusesWhatTheForwardPassDoesNotDo() {
        model.key("llama.expert_count", GgufValue.u32(8));
        refuses("a mixture of experts (llama.expert_count is 8) is not supported; use a model without experts");
        model.key("llama.expert_count", GgufValue.u32(0)).key("llama.rope.scaling.type", GgufValue.of("yarn"));
        refuses("scaled RoPE (llama.rope.scaling.type) is not supported; use a model without it");
        model.key("llama.rope.scaling.type", GgufValue.of("none")).key("llama.rope.scale_linear", GgufValue.f32(2));
        refuses("scaled RoPE (llama.rope.scale_linear) is not supported; use a model without it");
        model.key("llama.rope.scale_linear", GgufValue.f32(1));
        assertFalse(read().tiedOutput());
        model.key("general.architecture", GgufValue.of("qwen2\n"));
        refuses("the architecture 'qwen2\\u000a' (general.architecture) is not supported; use a model of architecture "
                + "'llama', as the files of Mistral 7B and Mistral Nemo are");
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
        model.key("llama.attention.sliding_window", GgufValue.i32s(5, 0, 5));
        String message = assertThrows(GgufException.class, this::read).getMessage();
        assertTrue(message.contains("llama.attention.sliding_window"), message);
    }
}
