package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufValue;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SentencePieceTokenizerTest {
    private final TestVocabulary vocabulary = TestVocabulary.english();
    private final Tokenizer tokenizer = vocabulary.tokenizer();

    private void assertEncodes(String text, String... pieces) {
        assertArrayEquals(vocabulary.ids(pieces), tokenizer.encode(text, false), text);
    }

    @Test
    void mergesByScoreNotByLength() {
        assertEncodes("the wind", "▁the", "▁wind");
        assertEncodes("then", "▁the", "n");
        assertEncodes("storm", "▁", "st", "or", "m");
        assertEncodes("winds", "▁wind", "s");
    }

    @Test
    void equalScoresMergeLeftmostFirst() {
        TestVocabulary ties = new TestVocabulary();
        ties.add("aa", -1, TokenType.NORMAL).add("aaa", -1, TokenType.NORMAL).add("ab", -1, TokenType.NORMAL);
        ties.normal("▁").normal("a").normal("b");
        Tokenizer tied = ties.tokenizer();
        assertArrayEquals(ties.ids("▁", "aaa", "aa"), tied.encode("aaaaa", false));
        assertArrayEquals(ties.ids("▁", "aaa", "b"), tied.encode("aaab", false));
        assertArrayEquals(ties.ids("▁", "aa", "b"), tied.encode("aab", false));
    }

    @Test
    void zerosOfBothSignsAreEqualScores() {
        TestVocabulary zeros = new TestVocabulary();
        zeros.add("ab", -0.0f, TokenType.NORMAL).add("bc", 0.0f, TokenType.NORMAL);
        zeros.normal("▁").normal("a").normal("b").normal("c");
        assertArrayEquals(zeros.ids("▁", "ab", "c"), zeros.tokenizer().encode("abc", false));
    }

    @Test
    void spacesAreKept() {
        assertEncodes(" ", "▁▁");
        assertEncodes("  ", "▁▁", "▁");
        assertEncodes("a  b ", "▁a", "▁▁", "b", "▁");
        assertEncodes("▁", "▁▁");
    }

    @Test
    void anEmptyTextHasNoTokens() {
        assertArrayEquals(new int[0], tokenizer.encode("", false));
        assertArrayEquals(new int[] {1}, tokenizer.encode("", true));
    }

    @Test
    void theBeginningOfTheSequenceIsAddedOnRequest() {
        assertArrayEquals(vocabulary.ids("<s>", "▁a"), tokenizer.encode("a", true));
        assertEquals(1, tokenizer.bosId());
        assertEquals(2, tokenizer.eosId());
        assertTrue(tokenizer.addsBos());
    }

    @Test
    void charactersOutsideTheVocabularyBecomeBytes() {
        assertEncodes("é", "▁", "é");
        assertEncodes("\n", "▁", "<0x0A>");
        assertEncodes("🙂", "▁", "<0xF0>", "<0x9F>", "<0x99>", "<0x82>");
        assertEncodes("\0", "▁", "<0x00>");
    }

    @Test
    void withoutBytesARunOfUnknownCharactersIsOneUnknownToken() {
        TestVocabulary letters = new TestVocabulary().normal("▁").normal("a");
        assertArrayEquals(
                letters.ids("▁", "<unk>", "a", "<unk>"), letters.tokenizer().encode("日本a!🙂", false));
        assertEquals("a ⁇ ", letters.tokenizer().decode(letters.ids("▁", "a", "<unk>")));
    }

    @Test
    void unpairedSurrogatesAreReplacementCharacters() {
        int[] replacement = vocabulary.ids("▁", "<0xEF>", "<0xBF>", "<0xBD>");
        assertArrayEquals(replacement, tokenizer.encode("\ud83d", false));
        assertArrayEquals(replacement, tokenizer.encode("\ude42", false));
        assertArrayEquals(replacement, tokenizer.encode("\ufffd", false));
        assertEquals("a\ufffd\ufffdb", tokenizer.decode(tokenizer.encode("a\ude42\ud83db", false)));
    }

    @Test
    void textNeverBecomesAControlByteOrUnknownToken() {
        for (String spelling : new String[] {"<s>", "</s>", "<unk>", "<0x41>", " <s> ", "a</s>b"}) {
            int[] ids = tokenizer.encode(spelling, false);
            assertTrue(ids.length > spelling.strip().length() - 2, spelling);
            for (int id : ids) {
                assertTrue(id > 2, spelling);
                assertFalse(id == vocabulary.id("<0x41>"), spelling);
            }
            assertEquals(spelling, tokenizer.decode(ids));
        }
    }

    @Test
    void aControlTokenOfOneCharacterIsNotReachedFromText() {
        TestVocabulary marked = TestVocabulary.english().add("!", 0, TokenType.CONTROL);
        assertArrayEquals(marked.ids("▁", "<0x21>"), marked.tokenizer().encode("!", false));
    }

    @Test
    void userDefinedPiecesAreFoundFirstAndKeptWhole() {
        TestVocabulary marked = TestVocabulary.english()
                .add("<th", -9999, TokenType.USER_DEFINED)
                .add("<the", -9999, TokenType.USER_DEFINED)
                .add("e<", -9999, TokenType.USER_DEFINED);
        Tokenizer finder = marked.tokenizer();
        assertArrayEquals(marked.ids("▁a", "<the", "n"), finder.encode("a<then", false));
        // The longest at each place, from the left: what begins inside one that was found is not looked for.
        assertArrayEquals(marked.ids("▁", "<the", "<0x3C>", "t"), finder.encode("<the<t", false));
        assertArrayEquals(marked.ids("▁t", "h", "e<", "t"), finder.encode("the<t", false));
    }

    @Test
    void unusedPiecesAreCutAgain() {
        TestVocabulary steps = new TestVocabulary();
        steps.normal("▁").normal("a").normal("b").normal("c");
        steps.add("ab", 3, TokenType.UNUSED).add("abc", 2, TokenType.NORMAL).add("abab", 1, TokenType.UNUSED);
        Tokenizer tokenizerOfSteps = steps.tokenizer();
        assertArrayEquals(steps.ids("▁", "abc"), tokenizerOfSteps.encode("abc", false));
        assertArrayEquals(steps.ids("▁", "a", "b", "a", "b", "b"), tokenizerOfSteps.encode("ababb", false));
    }

    @Test
    void ofTokensSpeltAlikeTheFirstIsUsed() {
        TestVocabulary twins = TestVocabulary.english().normal("▁the").add("▁the", 5, TokenType.NORMAL);
        assertArrayEquals(twins.ids("▁the"), twins.tokenizer().encode("the", false));
        assertEquals("the the", twins.tokenizer().decode(twins.tokens.size() - 1, twins.tokens.size() - 2));
    }

    @Test
    void withoutSpacePrefixNothingIsAddedAndNothingRemoved() {
        TestVocabulary bare = TestVocabulary.english().put("add_space_prefix", GgufValue.of(false));
        Tokenizer plain = bare.tokenizer();
        assertArrayEquals(bare.ids("t", "he"), plain.encode("the", false));
        assertArrayEquals(bare.ids("▁the"), plain.encode(" the", false));
        assertEquals(" the", plain.decode(bare.ids("▁the")));
    }

    @Test
    void tokensTellWhatTheyAre() {
        assertEquals(vocabulary.tokens.size(), tokenizer.vocabSize());
        assertEquals("▁the", tokenizer.piece(vocabulary.id("▁the")));
        assertArrayEquals(" the".getBytes(StandardCharsets.UTF_8), tokenizer.tokenBytes(vocabulary.id("▁the")));
        assertArrayEquals(new byte[] {(byte) 0xe2}, tokenizer.tokenBytes(vocabulary.id("<0xE2>")));
        assertArrayEquals(new byte[0], tokenizer.tokenBytes(1));
        assertArrayEquals(" ⁇ ".getBytes(StandardCharsets.UTF_8), tokenizer.tokenBytes(0));
        assertTrue(tokenizer.isControl(1));
        assertFalse(tokenizer.isControl(0));
        assertFalse(tokenizer.isControl(vocabulary.id("a")));
        assertEquals(OptionalInt.of(2), tokenizer.controlId("</s>"));
        assertEquals(OptionalInt.empty(), tokenizer.controlId("▁the"));
        assertEquals(OptionalInt.empty(), tokenizer.controlId("<unk>"));
    }

    @Test
    void idsOutsideTheVocabularyAreRefused() {
        int size = tokenizer.vocabSize();
        for (int id : new int[] {-1, size, Integer.MAX_VALUE}) {
            String message = assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(id))
                    .getMessage();
            assertEquals("token id " + id + " is not in the vocabulary, which has ids 0 to " + (size - 1), message);
            assertThrows(IllegalArgumentException.class, () -> tokenizer.piece(id));
            assertThrows(IllegalArgumentException.class, () -> tokenizer.tokenBytes(id));
            assertThrows(IllegalArgumentException.class, () -> tokenizer.isControl(id));
        }
    }

    @Test
    void decodingGivesTheTextBack() {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append(' ');
                    case 1 -> text.appendCodePoint(random.nextInt(0x800));
                    case 2 -> text.append(tokenizer.piece(259 + random.nextInt(tokenizer.vocabSize() - 259)));
                    default -> {
                        int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
                        text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? '\n' : codePoint);
                    }
                }
            }
            String expected = text.toString().replace('▁', ' ');
            assertEquals(expected, tokenizer.decode(tokenizer.encode(text.toString(), i % 2 == 0)));
        }
    }

    @Test
    void equalsTheNaiveEncoderOnRandomVocabularies() {
        Random random = new Random(20230927);
        String[] alphabets = {"ab", "abc", "ab▁", "aé▁x", "01▁"};
        for (int v = 0; v < 300; v++) {
            String alphabet = alphabets[v % alphabets.length];
            boolean addsSpacePrefix = random.nextInt(3) > 0;
            TestVocabulary drawn = new TestVocabulary().put("add_space_prefix", GgufValue.of(addsSpacePrefix));
            if (random.nextBoolean()) {
                drawn.bytes();
            }
            for (int pieces = 1 + random.nextInt(40); pieces > 0; pieces--) {
                TokenType type = random.nextInt(12) == 0 ? TokenType.USER_DEFINED : TokenType.NORMAL;
                drawn.add(text(alphabet, 1 + random.nextInt(5), random), -random.nextInt(6), type);
            }
            Tokenizer drawnTokenizer = drawn.tokenizer();
            NaiveEncoder naive = new NaiveEncoder(drawn, addsSpacePrefix);
            for (int i = 0; i < 20; i++) {
                String text = text(alphabet.replace('▁', ' ') + "z☃", random.nextInt(40), random);
                assertArrayEquals(naive.encode(text), drawnTokenizer.encode(text, false), text + " in " + drawn.tokens);
            }
        }
    }

    private static String text(String alphabet, int length, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    @Timeout(60)
    void aMegabyteOfTheSameIsNoHarderThanAnythingElse() {
        TestVocabulary runs = TestVocabulary.english();
        for (int length = 2; length <= 32; length++) {
            runs.normal("a".repeat(length));
        }
        Tokenizer runner = runs.tokenizer();
        // A quadratic encoder would take 10^12 steps.
        assertEquals("a".repeat(1 << 20), runner.decode(runner.encode("a".repeat(1 << 20), false)));
        String windy = "the wind in the storm ".repeat(50_000);
        assertEquals(windy, runner.decode(runner.encode(windy, false)));
    }
}
