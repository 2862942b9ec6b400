package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentencePieceTokenizerTest {
    private static final String ALPHABET = "abc▁é🙂";

    private static String text(Random random, int length) {
        int[] letters = "abcabc  é🙂x☃".codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    @Test
    void agreesWithTheDefinitionOfBytePairEncoding() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            Vocabularies vocabulary = Vocabularies.random(random, ALPHABET, round % 3 != 0);
            vocabulary.spacePrefix = round % 4 != 1;
            Tokenizer tokenizer = vocabulary.tokenizer();
            for (int i = 0; i < 40; i++) {
                String text = text(random, random.nextInt(40));
                assertArrayEquals(vocabulary.encodeNaively(text), tokenizer.encode(text, false), text);
            }
        }
    }

    @Test
    void decodesWhatItEncoded() {
        Random random = new Random(6);
        Tokenizer tokenizer = Vocabularies.random(random, ALPHABET, true).tokenizer();
        for (int i = 0; i < 500; i++) {
            String text = text(random, random.nextInt(60));
            assertEquals(text, tokenizer.decode(tokenizer.encode(text, i % 2 == 0)));
        }
    }

    @Test
    void neverReadsControlTokensFromText() {
        Vocabularies vocabulary = Vocabularies.base(true);
        vocabulary.add("[INST]", 0, Vocabularies.CONTROL);
        int control = vocabulary.pieces.size() - 1;
        Tokenizer tokenizer = vocabulary.tokenizer();
        for (int id : tokenizer.encode("<s>[INST]</s><unk><0x41>", false)) {
            assertTrue(id >= 3 && id != control, "token " + id);
        }
        assertEquals(control, tokenizer.controlId("[INST]").orElseThrow());
        assertEquals("", tokenizer.decode(1, control, 2));
    }

    @Test
    void givesNothingForAnEmptyTextAndFallsBackToBytes() {
        Tokenizer tokenizer = Vocabularies.base(true).tokenizer();
        assertArrayEquals(new int[0], tokenizer.encode("", false));
        assertArrayEquals(new int[] {1}, tokenizer.encode("", true));
        byte[] utf8 = "▁é".getBytes(StandardCharsets.UTF_8);
        int[] expected = new int[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            expected[i] = 3 + (utf8[i] & 0xFF);
        }
        assertArrayEquals(expected, tokenizer.encode("é", false));
    }

    @Test
    void countsUnpairedSurrogatesAsReplacementCharacters() {
        Tokenizer tokenizer = Vocabularies.base(true).tokenizer();
        assertArrayEquals(tokenizer.encode("a\ufffdb", false), tokenizer.encode("a\ud800b", false));
    }

    @Test
    void streamsWholeCharactersOnly() {
        Random random = new Random(8);
        Tokenizer tokenizer = Vocabularies.random(random, "ab▁", true).tokenizer();
        for (int i = 0; i < 300; i++) {
            int[] ids = i % 2 == 0
                    ? tokenizer.encode(text(random, 20), true)
                    : random.ints(12, 0, tokenizer.vocabSize()).toArray();
            StreamingDetokenizer stream = tokenizer.detokenizer();
            StringBuilder joined = new StringBuilder();
            for (int id : ids) {
                String part = stream.accept(id);
                for (int c = 0; c < part.length(); c++) {
                    boolean split = Character.isHighSurrogate(part.charAt(c)) && c + 1 == part.length();
                    assertTrue(!split, "a character was cut in two");
                }
                joined.append(part);
            }
            assertEquals(tokenizer.decode(ids), joined + stream.finish());
        }
    }

    @Test
    void encodesAMegabyteInUnderTwoSeconds() {
        Random random = new Random(9);
        Tokenizer tokenizer = Vocabularies.random(random, ALPHABET, true).tokenizer();
        String text = text(random, 900_000);
        String worst = "a".repeat(1_000_000);
        assertTimeout(Duration.ofSeconds(2), () -> tokenizer.encode(text, true));
        assertTimeout(Duration.ofSeconds(2), () -> tokenizer.encode(worst, true));
    }

    @Test
    void refusesUnsoundVocabulariesInOneLine() {
        Vocabularies shortScores = Vocabularies.base(false);
        shortScores.scores.removeLast();
        GgufException refusal = assertThrows(GgufException.class, shortScores::tokenizer);
        assertTrue(refusal.getMessage().contains("3 tokens, 2 scores"), refusal::getMessage);
        assertEquals(1, refusal.getMessage().lines().count());
        Vocabularies notANumber = Vocabularies.base(false);
        notANumber.scores.set(1, Float.NaN);
        assertThrows(GgufException.class, notANumber::tokenizer);
    }

    @Test
    void refusesIdsOutsideTheVocabulary() {
        Tokenizer tokenizer = Vocabularies.base(false).tokenizer();
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(3));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(-1));
    }
}
