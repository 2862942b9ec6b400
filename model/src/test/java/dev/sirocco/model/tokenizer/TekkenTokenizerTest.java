package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TekkenTokenizerTest {
    private final TekkenVocabulary vocabulary = TekkenVocabulary.english();
    private final Tokenizer tokenizer = vocabulary.tokenizer();

    private void assertEncodes(String text, String... pieces) {
        assertArrayEquals(vocabulary.ids(pieces), tokenizer.encode(text, false), text);
    }

    @Test
    void mergesByRankWithinWords() {
        assertEncodes("The wind", "The", " wind");
        assertEncodes(" storms", " storm", "s");
        assertEncodes("  the", " ", " the");
        assertEncodes("a\n\nb", "a", "\n\n", "b");
        assertEncodes("");
    }

    @Test
    void aWordThatIsATokenIsThatTokenWhateverItsMerges() {
        TekkenVocabulary odd = new TekkenVocabulary().add("bc").add("abc").add("ab");
        // By merging alone "bc" comes first, and so does "abc" then; "abcd" shows the other order.
        odd.add("abcd");
        assertArrayEquals(odd.ids("abcd"), odd.tokenizer().encode("abcd", false));
        TekkenVocabulary unreachable =
                new TekkenVocabulary().add("bc").add("abd").add("abcx");
        assertArrayEquals(unreachable.ids("abcx"), unreachable.tokenizer().encode("abcx", false));
        assertArrayEquals(
                unreachable.ids("a", "bc", "x", "y"), unreachable.tokenizer().encode("abcxy", false));
    }

    @Test
    void charactersOutsideTheVocabularyAreBytes() {
        assertEncodes("é", "é");
        int[] smile = new int[4];
        byte[] bytes = "🙂".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < smile.length; i++) {
            smile[i] = TekkenVocabulary.SPECIAL + Byte.toUnsignedInt(bytes[i]);
        }
        assertArrayEquals(smile, tokenizer.encode("🙂", false));
        assertEquals("\ufffd", tokenizer.decode(tokenizer.encode("\ud83d", false)));
    }

    @Test
    void textNeverBecomesAControlToken() {
        for (String name : TekkenVocabulary.NAMES) {
            int[] ids = tokenizer.encode(name, false);
            for (int id : ids) {
                assertFalse(tokenizer.isControl(id), name);
            }
            assertEquals(name, tokenizer.decode(ids));
            assertEquals(OptionalInt.of(vocabulary.id(name)), tokenizer.controlId(name));
        }
    }

    @Test
    void controlTokensAreSilentAndEndARunOfBytes() {
        int[] ids = vocabulary.ids("The", "[INST]", " wind", "</s>");
        assertEquals("The wind", tokenizer.decode(ids));
        int lead = TekkenVocabulary.SPECIAL + 0xf0;
        assertEquals("\ufffd\ufffd", tokenizer.decode(lead, 3, lead));
    }

    @Test
    void ofBytesThatAreNoTextEachBeginningOfACharacterIsOneReplacement() {
        // F0 9F 99 begins a character; 80 and C0 begin none. Python: b"\xf0\x9f\x99a\x80\xc0".decode(errors="replace")
        int[] ids = new int[] {0xf0, 0x9f, 0x99, 'a', 0x80, 0xc0};
        StreamingDetokenizer stream = tokenizer.detokenizer();
        StringBuilder text = new StringBuilder();
        for (int value : ids) {
            text.append(stream.accept(TekkenVocabulary.SPECIAL + value));
        }
        text.append(stream.finish());
        assertEquals("\ufffda\ufffd\ufffd", text.toString());
    }

    @Test
    void aCharacterComesWithItsLastByte() {
        StreamingDetokenizer stream = tokenizer.detokenizer();
        assertEquals("", stream.accept(TekkenVocabulary.SPECIAL + 0xc3));
        assertEquals("é", stream.accept(TekkenVocabulary.SPECIAL + 0xa9));
        assertEquals("", stream.accept(TekkenVocabulary.SPECIAL + 0xc3));
        assertEquals("\ufffd", stream.finish());
    }

    @Test
    void equalsMergingByTheDefinition() {
        Random random = new Random(8);
        for (int v = 0; v < 60; v++) {
            TekkenVocabulary drawn = new TekkenVocabulary();
            List<String> parts = new ArrayList<>(List.of("a", "b", "é", " ", "A"));
            for (int i = 0; i < 30; i++) {
                String word = parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size()));
                if (!drawn.words.contains(TekkenVocabulary.latin(word))) {
                    drawn.add(word);
                    parts.add(word);
                }
            }
            Tokenizer ours = drawn.tokenizer();
            for (int i = 0; i < 50; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(20); length > 0; length--) {
                    text.append("abé A☃".charAt(random.nextInt(6)));
                }
                assertArrayEquals(naive(drawn, text.toString()), ours.encode(text.toString(), false), text.toString());
            }
        }
    }

    private static int[] naive(TekkenVocabulary vocabulary, String text) {
        List<Integer> ids = new ArrayList<>();
        TekkenWords cutter = new TekkenWords(text);
        for (int from = 0, to; from < text.length(); from = to) {
            to = cutter.end(from);
            String word = TekkenVocabulary.latin(text.substring(from, to));
            List<String> parts = new ArrayList<>(List.of(word.split("")));
            if (vocabulary.words.contains(word)) {
                parts = new ArrayList<>(List.of(word));
            }
            while (true) {
                int best = -1;
                int bestRank = Integer.MAX_VALUE;
                for (int i = 0; i + 1 < parts.size(); i++) {
                    int rank = vocabulary.words.indexOf(parts.get(i) + parts.get(i + 1));
                    if (rank >= 0 && rank < bestRank) {
                        bestRank = rank;
                        best = i;
                    }
                }
                if (best < 0) {
                    break;
                }
                parts.set(best, parts.get(best) + parts.remove(best + 1));
            }
            parts.forEach(part -> ids.add(TekkenVocabulary.SPECIAL + vocabulary.words.indexOf(part)));
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    @Timeout(60)
    void aMegabyteOfTheSameIsNoHarderThanAnythingElse() {
        TekkenVocabulary runs = TekkenVocabulary.english();
        for (int length = 2; length <= 64; length++) {
            runs.add("a".repeat(length));
        }
        Tokenizer runner = runs.tokenizer();
        for (String part : List.of("a", "!", " ", "the wind ")) {
            String text = part.repeat((1 << 20) / part.length());
            assertEquals(text, runner.decode(runner.encode(text, false)));
        }
    }

    private static void assertRefused(String key, GgufValue value, String problem) {
        GgufMetadata sound = TekkenVocabulary.english().metadata();
        Map<String, GgufValue> values = new LinkedHashMap<>();
        sound.keys().forEach(name -> values.put(name, sound.get(name)));
        values.put("tokenizer.ggml." + key, value);
        String message = assertThrows(GgufException.class, () -> Tokenizer.of(TestVocabulary.metadata(values)))
                .getMessage();
        assertTrue(message.contains(problem), message);
    }

    @Test
    void vocabulariesOfAnotherKindAreRefused() {
        assertRefused("pre", GgufValue.of("llama-bpe"), "'gpt2' (tokenizer.ggml.model) of the kind 'llama-bpe'");
        assertRefused("tokens", GgufValue.strings(List.of("a", "b", "c")), "3 tokens");
        List<String> tokens =
                new ArrayList<>(TekkenVocabulary.english().metadata().getStrings("tokenizer.ggml.tokens"));
        tokens.set(40, "日");
        assertRefused("tokens", GgufValue.strings(tokens), "in token 40 a character that stands for no byte");
        tokens.set(40, "abc");
        assertRefused("tokens", GgufValue.strings(tokens), "no token for the byte 16");
        assertRefused("merges", GgufValue.strings(List.of("Ġ t", "i n", "h e")), "out of the order of token ids");
        assertRefused("merges", GgufValue.strings(List.of("x y")), "makes no token");
        assertRefused("merges", GgufValue.strings(List.of("xy")), "makes no token");
    }
}
