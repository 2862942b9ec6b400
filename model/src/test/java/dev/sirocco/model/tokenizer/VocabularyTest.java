package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static void assertRefused(GgufMetadata metadata, String problem) {
        String message =
                assertThrows(GgufException.class, () -> Tokenizer.of(metadata)).getMessage();
        assertTrue(message.startsWith(metadata.file() + ": "), message);
        assertTrue(message.contains(problem), message);
        assertFalse(message.contains("\n"), message);
    }

    /** A vocabulary of three tokens in which one key has another value, or is missing. */
    private static GgufMetadata with(String key, GgufValue value) {
        Map<String, GgufValue> values = new HashMap<>();
        values.put("tokenizer.ggml.model", GgufValue.of("llama"));
        values.put("tokenizer.ggml.tokens", GgufValue.strings(List.of("<unk>", "<s>", "</s>")));
        values.put("tokenizer.ggml.scores", GgufValue.f32s(0, 0, 0));
        values.put("tokenizer.ggml.token_type", GgufValue.i32s(2, 3, 3));
        values.put("tokenizer.ggml." + key, value);
        return TestVocabulary.metadata(values);
    }

    @Test
    void otherTokenizersAreRefusedByName() {
        assertRefused(
                with("model", GgufValue.of("gpt2")), "the tokenizer 'gpt2' (tokenizer.ggml.model) is not supported");
        assertRefused(with("model", null), "lacks the metadata key 'tokenizer.ggml.model'");
    }

    @Test
    void theListsMustBeThereAndOfOneLength() {
        assertEquals(3, Tokenizer.of(with("model", GgufValue.of("llama"))).vocabSize());
        assertRefused(with("tokens", null), "lacks the metadata key 'tokenizer.ggml.tokens'");
        assertRefused(with("scores", null), "lacks the metadata key 'tokenizer.ggml.scores'");
        assertRefused(with("token_type", null), "lacks the metadata key 'tokenizer.ggml.token_type'");
        assertRefused(with("tokens", GgufValue.strings(List.of("a"))), "has 1 tokens, 3 scores and 3 token types");
        assertRefused(with("tokens", GgufValue.strings(List.of())), "has 0 tokens, 3 scores and 3 token types");
        assertRefused(with("scores", GgufValue.f32s(0, 0)), "has 3 tokens, 2 scores and 3 token types");
        assertRefused(with("token_type", GgufValue.i32s(2, 3)), "has 3 tokens, 3 scores and 2 token types");
        assertRefused(
                with("scores", GgufValue.i32s(0, 0, 0)), "'tokenizer.ggml.scores' is i32[3]; expected an array of");
    }

    @Test
    void impossibleScoresAndTypesAreRefused() {
        assertRefused(
                with("scores", GgufValue.f32s(0, Float.NaN, 0)), "tokenizer.ggml.scores has no number for token 1");
        assertRefused(with("token_type", GgufValue.i32s(2, 3, 7)), "token_type is 7 for token 2; 1 to 6 are known");
        assertRefused(with("token_type", GgufValue.i32s(0, 3, 3)), "token_type is 0 for token 0; 1 to 6 are known");
        assertRefused(with("token_type", GgufValue.i32s(2, 3, Integer.MIN_VALUE)), "token_type is -2147483648 for");
    }

    @Test
    void idsMustBeInTheVocabulary() {
        for (String key : new String[] {"bos_token_id", "eos_token_id", "unknown_token_id"}) {
            assertRefused(with(key, GgufValue.u32(3)), "tokenizer.ggml." + key + " is 3; the vocabulary has 3 tokens");
            GgufValue negative = new GgufValue.Int(GgufValueType.I32, -1);
            assertRefused(with(key, negative), "tokenizer.ggml." + key + " is -1; the vocabulary has 3 tokens");
            GgufValue huge = new GgufValue.Int(GgufValueType.U64, -1);
            assertRefused(with(key, huge), "'tokenizer.ggml." + key + "' is u64 18446744073709551615; expected");
        }
    }

    @Test
    void byteTokensMustBeThereAllOrNot() {
        TestVocabulary few = new TestVocabulary().add("<0x41>", 0, TokenType.BYTE);
        assertRefused(few.metadata(), "the vocabulary has 1 byte tokens; it must have none or 256");
        for (String spelling : new String[] {"A", "<0x4>", "<0xG1>", "<0x+1>", "[0x41]", "<0x00>"}) {
            TestVocabulary odd = new TestVocabulary().bytes().add(spelling, 0, TokenType.BYTE);
            assertRefused(odd.metadata(), "token 259 is of type byte, but is not spelt <0x00> to <0xFF>, each once");
        }
    }

    @Test
    void textThatWouldHaveToBeNormalizedIsRefused() {
        assertRefused(with("remove_extra_whitespaces", GgufValue.of(true)), "the tokenizer normalizes text");
        GgufMetadata mapped = with("precompiled_charsmap", GgufValue.i32s(1));
        assertRefused(mapped, "the tokenizer normalizes text");
        GgufMetadata unmapped = with("precompiled_charsmap", GgufValue.i32s());
        assertEquals(3, Tokenizer.of(unmapped).vocabSize());
    }
}
