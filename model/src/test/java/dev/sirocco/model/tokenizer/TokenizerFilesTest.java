package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFilesTest {
    private static final List<String> TEXTS = List.of(
            "", " ", "the wind in the storm", "  Then\n\nThe WIND!  ", "<s>[INST] é 日本 🙂 </s>", "a\0b\t\r\n x1234");

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private Tokenizer load() {
        return Tokenizer.of(TokenizerFiles.metadata(folder));
    }

    private static void assertSame(Tokenizer expected, Tokenizer actual) {
        assertEquals(expected.vocabSize(), actual.vocabSize());
        assertEquals(expected.bosId(), actual.bosId());
        assertEquals(expected.eosId(), actual.eosId());
        assertTrue(actual.addsBos());
        for (String text : TEXTS) {
            int[] ids = expected.encode(text, true);
            assertArrayEquals(ids, actual.encode(text, true), text);
            assertEquals(expected.decode(ids), actual.decode(ids), text);
        }
        for (int id = 0; id < expected.vocabSize(); id++) {
            assertEquals(expected.piece(id), actual.piece(id));
            assertEquals(expected.isControl(id), actual.isControl(id), expected.piece(id));
        }
    }

    @Test
    void sentencePiecesFileGivesTheSameTokenizerAsGguf() throws IOException {
        TestVocabulary vocabulary =
                TestVocabulary.english().add("[INST]", 0, TokenType.CONTROL).add("<mark>", 0, TokenType.USER_DEFINED);
        write("tokenizer.model.v3", SentencePieceBytes.of(vocabulary));
        assertSame(vocabulary.tokenizer(), load());
        assertEquals(GgufValue.of("v3"), TokenizerFiles.keys(folder).get("tokenizer.mistral.version"));
    }

    @Test
    void tekkensFileGivesTheSameTokenizerAsGguf() throws IOException {
        TekkenVocabulary vocabulary = TekkenVocabulary.english();
        write("tekken.json", vocabulary.json());
        assertSame(vocabulary.tokenizer(), load());
        assertEquals(GgufValue.of("v13"), TokenizerFiles.keys(folder).get("tokenizer.mistral.version"));
    }

    @Test
    void mergesAreMadeOfTekkensFileForThoseWhoWriteThem() throws IOException {
        write("tekken.json", TekkenVocabulary.english().json());
        GgufMetadata keys = TokenizerFiles.metadata(folder);
        assertFalse(keys.has(TekkenMerges.KEY));
        Map<String, GgufValue> all = new HashMap<>(TokenizerFiles.keys(folder));
        all.put(TekkenMerges.KEY, TekkenMerges.missing(keys).orElseThrow());
        GgufMetadata complete = new GgufMetadata(folder, all);
        assertEquals("Ġ t", complete.getStrings(TekkenMerges.KEY).getFirst());
        assertEquals(Optional.empty(), TekkenMerges.missing(complete));
        assertSame(Tokenizer.of(keys), Tokenizer.of(complete));
        write("tokenizer.model", SentencePieceBytes.of(TestVocabulary.english()));
        assertEquals(Optional.empty(), TekkenMerges.missing(TokenizerFiles.metadata(folder)));
    }

    @Test
    void huggingFacesTranslationsGiveTheSameTokenizersAsTheOriginals() throws IOException {
        TestVocabulary pieces = TestVocabulary.english().add("[INST]", 0, TokenType.CONTROL);
        write("tokenizer.json", HuggingFaceJson.of(pieces));
        assertSame(pieces.tokenizer(), load());
        TekkenVocabulary words = TekkenVocabulary.english();
        write("tokenizer.json", HuggingFaceJson.of(words));
        assertSame(words.tokenizer(), load());
    }

    @Test
    void theOriginalIsPreferredToItsTranslation() throws IOException {
        write("tokenizer.json", "not read");
        write("tekken.json", TekkenVocabulary.english().json());
        assertEquals(GgufValue.of("gpt2"), TokenizerFiles.keys(folder).get("tokenizer.ggml.model"));
        write("tokenizer.model", SentencePieceBytes.of(TestVocabulary.english()));
        assertEquals(GgufValue.of("llama"), TokenizerFiles.keys(folder).get("tokenizer.ggml.model"));
    }

    @Test
    void theChatTemplateComesFromTheFilesBeside() throws IOException {
        write("tokenizer.model", SentencePieceBytes.of(TestVocabulary.english()));
        assertFalse(TokenizerFiles.keys(folder).containsKey("tokenizer.chat_template"));
        write("tokenizer_config.json", "{\"add_bos_token\": false, \"chat_template\": \"one\"}");
        Map<String, GgufValue> keys = TokenizerFiles.keys(folder);
        assertEquals(GgufValue.of("one"), keys.get("tokenizer.chat_template"));
        assertEquals(GgufValue.of(false), keys.get("tokenizer.ggml.add_bos_token"));
        write(
                "tokenizer_config.json",
                "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"a\"}, {\"name\": \"default\", \"template\":"
                        + " \"two\"}]}");
        assertEquals(GgufValue.of("two"), TokenizerFiles.keys(folder).get("tokenizer.chat_template"));
        write("chat_template.jinja", "three");
        assertEquals(GgufValue.of("three"), TokenizerFiles.keys(folder).get("tokenizer.chat_template"));
    }

    private void assertRefused(String problem) {
        String message = assertThrows(ModelFileException.class, this::load).getMessage();
        assertTrue(message.startsWith(folder.toString()), message);
        assertTrue(message.contains(problem), message);
        assertFalse(message.contains("\n"), message);
    }

    @Test
    void whatCannotBeUsedIsRefusedWithTheReason() throws IOException {
        assertRefused("has no tokenizer.model, tekken.json or tokenizer.json");
        write("tokenizer.json", "{\"model\": {\"type\": \"WordPiece\"}}");
        assertRefused("another type than byte-pair encoding");
        write("tokenizer.json", "{\"model\": {\"type\": \"BPE\"}}");
        assertRefused("is neither a SentencePiece vocabulary with bytes");
        write("tokenizer.json", "{\"model\": {\"byte_fallback\": true, \"vocab\": {\"a\": 1}}}");
        assertRefused("gives token 'a' the id 1, but has 1 tokens");
        write("tokenizer.json", "{\"model\": {\"byte_fallback\": true, \"vocab\": {\"a\": 0, \"b\": 0}}}");
        assertRefused("the id 0, which is another's");
        write("tokenizer.json", "{\"model\": {\"byte_fallback\": true, \"vocab\": {\"a\": 0}, \"merges\": [\"a a\"]}}");
        assertRefused("merge 0 makes no token");
        write("tokenizer.json", "{\"model\": {\"byte_fallback\": true, \"vocab\": {\"a\": 0}, \"merges\": [\"aa\"]}}");
        assertRefused("merge 0 is no pair");
        write("tokenizer.json", "{");
        assertRefused("is not JSON");
        String tekken = TekkenVocabulary.english().json();
        write("tekken.json", tekken.replace("\\\\s+(?!", "\\\\s+(?="));
        assertRefused("by another regular expression");
        write("tekken.json", tekken.replace("\"default_vocab_size\": ", "\"default_vocab_size\": 9999999"));
        assertRefused("config.default_vocab_size is not a number");
        write("tekken.json", tekken.replace("\"default_vocab_size\": ", "\"default_vocab_size\": 9"));
        assertRefused("tokens; config.default_vocab_size needs");
        write("tekken.json", tekken.replace("\"rank\": 7, \"token_b", "\"rank\": 8, \"token_b"));
        assertRefused("token 7 of 'vocab' has another rank");
        write("tekken.json", tekken.replace("\"Bw==\"", "\"CA==\""));
        assertRefused("token 8 of 'vocab' is there before");
        write("tekken.json", tekken.replace("\"Bw==\"", "\"?\""));
        assertRefused("token 7 of 'vocab' is not base64");
        write("tekken.json", tekken.replace("[INST]", "<s>"));
        assertRefused("has the special token '<s>' twice");
        write("tokenizer.model", new byte[0]);
        assertRefused("it has no tokens");
        write(
                "tokenizer.model",
                new SentencePieceBytes().bytes(1, new byte[] {0x0a, 0x7f, 'a'}).toByteArray());
        assertRefused("a field of 127 bytes begins where only 1 follow, at byte 2 of 3");
        write(
                "tokenizer.model",
                new SentencePieceBytes().bytes(1, new byte[] {0x18, 9}).toByteArray());
        assertRefused("token 0 is of type 9");
        write("tokenizer.model", new SentencePieceBytes().bytes(1, new byte[0]).toByteArray());
        assertRefused("of another type than byte-pair encoding");
    }

    @Test
    void damagedFilesAreRefusedOrReadButNeverCrash() throws IOException {
        TestVocabulary pieces = TestVocabulary.english();
        TekkenVocabulary words = TekkenVocabulary.english();
        damage("tokenizer.json", HuggingFaceJson.of(pieces).getBytes());
        damage("tokenizer.json", HuggingFaceJson.of(words).getBytes());
        damage("tekken.json", words.json().getBytes());
        damage("tokenizer.model", SentencePieceBytes.of(pieces));
    }

    private void damage(String name, byte[] sound) throws IOException {
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 400; i++) {
            byte[] bytes = sound.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] damaged = random.nextInt(3) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
            write(name, damaged);
            try {
                Tokenizer tokenizer = load();
                TEXTS.forEach(text -> tokenizer.decode(tokenizer.encode(text, true)));
            } catch (RuntimeException e) {
                assertTrue(e instanceof ModelFileException || e instanceof GgufException, e.toString());
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
        }
    }
}
