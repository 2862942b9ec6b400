package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamingDetokenizerTest {
    private final TestVocabulary vocabulary = TestVocabulary.english();
    private final Tokenizer tokenizer = vocabulary.tokenizer();

    /** {@return what each token gives, and the end, with a bar between} */
    private String stream(String... pieces) {
        StreamingDetokenizer detokenizer = tokenizer.detokenizer();
        StringBuilder text = new StringBuilder();
        for (int id : vocabulary.ids(pieces)) {
            text.append(detokenizer.accept(id)).append('|');
        }
        return text.append(detokenizer.finish()).toString();
    }

    @Test
    void oneLeadingSpaceIsDroppedAtTheStartOnly() {
        assertEquals("the| the|", stream("▁the", "▁the"));
        assertEquals("|the|", stream("<s>", "▁the"));
        assertEquals("| |", stream("▁", "▁"));
        assertEquals(" |", stream("▁▁"));
        assertEquals("| the|", stream("▁", "▁the"));
        assertEquals("|| the|", stream("▁", "<s>", "▁the"));
        assertEquals(" ⁇ | the|", stream("<unk>", "▁the"));
        assertEquals("A| the|", stream("<0x41>", "▁the"));
        assertEquals(" | the|", stream("<0x20>", "▁the"));
    }

    @Test
    void aCharacterIsHeldBackUntilItIsComplete() {
        assertEquals("|||🙂|", stream("<0xF0>", "<0x9F>", "<0x99>", "<0x82>"));
        assertEquals("a||é|", stream("▁a", "<0xC3>", "<0xA9>"));
        assertEquals("||▁|", stream("<0xE2>", "<0x96>", "<0x81>"));
    }

    @Test
    void bytesThatAreNoCharacterAreReplacedOneByOne() {
        assertEquals("||\ufffd\ufffda|", stream("<0xE2>", "<0x96>", "a"));
        assertEquals("||\ufffd\ufffd", stream("<0xE2>", "<0x96>"));
        assertEquals("||\ufffd\ufffd|\ufffd|", stream("<0xE2>", "<0x96>", "<s>", "<0x81>"));
        assertEquals("|\ufffdA|", stream("<0xE2>", "<0x41>"));
        assertEquals("||\ufffd\ufffd|é|", stream("<0xF0>", "<0x9F>", "<0xC3>", "<0xA9>"));
        assertEquals("\ufffd|\ufffd|", stream("<0x80>", "<0xFF>"));
        // An overlong slash, a surrogate, and a code point after the last.
        assertEquals("|\ufffd\ufffd|", stream("<0xC0>", "<0xAF>"));
        assertEquals("||\ufffd\ufffd\ufffd|", stream("<0xED>", "<0xA0>", "<0x80>"));
        assertEquals("|||\ufffd\ufffd\ufffd\ufffd|", stream("<0xF4>", "<0x90>", "<0x80>", "<0x80>"));
    }

    @Test
    void afterTheEndItIsAsNew() {
        StreamingDetokenizer detokenizer = tokenizer.detokenizer();
        for (int i = 0; i < 2; i++) {
            assertEquals("the", detokenizer.accept(vocabulary.id("▁the")));
            assertEquals("", detokenizer.accept(vocabulary.id("<0xE2>")));
            assertEquals("\ufffd", detokenizer.finish());
        }
    }

    @Test
    void everyCharacterComesWhole() {
        StreamingDetokenizer detokenizer = tokenizer.detokenizer();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x3000 ? 1 : 97) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            StringBuilder text = new StringBuilder();
            for (byte value : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                assertEquals("", text.toString());
                text.append(detokenizer.accept(3 + Byte.toUnsignedInt(value)));
            }
            assertEquals(Character.toString(codePoint), text.toString());
        }
    }

    @Test
    void theStreamJoinedEqualsTheWhole() {
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            int[] ids = new int[random.nextInt(20)];
            for (int t = 0; t < ids.length; t++) {
                ids[t] = random.nextInt(random.nextBoolean() ? 259 : tokenizer.vocabSize());
            }
            StringBuilder joined = new StringBuilder();
            StreamingDetokenizer detokenizer = tokenizer.detokenizer();
            for (int id : ids) {
                String text = detokenizer.accept(id);
                assertFalse(!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1)));
                joined.append(text);
            }
            assertEquals(
                    tokenizer.decode(ids), joined.append(detokenizer.finish()).toString());
        }
    }
}
