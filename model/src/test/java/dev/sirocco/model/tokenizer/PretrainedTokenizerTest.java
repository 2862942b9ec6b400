package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sirocco.model.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped model's vocabulary, trained by SentencePiece, against what SentencePiece itself made of some texts. */
class PretrainedTokenizerTest {
    private static final Path MODEL = Path.of(System.getProperty("sirocco.home"), "model", "pretrained", "wordnet");

    private Tokenizer tokenizer;
    private JsonNode expected;

    @BeforeEach
    void readVocabularyAndCases() throws IOException {
        expected = new ObjectMapper().readTree(MODEL.resolve("expected.json").toFile());
        try (GgufFile file = GgufFile.open(MODEL.resolve(expected.get("model").asText()))) {
            tokenizer = Tokenizer.of(file.metadata());
        }
    }

    private static int[] ids(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    @Test
    void textsGiveSentencePiecesIdsAndBack() {
        assertTrue(expected.get("tokenizer").size() > 40);
        for (JsonNode example : expected.get("tokenizer")) {
            String text = example.get("text").asText();
            int[] ids = ids(example.get("tokens"));
            assertArrayEquals(ids, tokenizer.encode(text, false), text);
            assertEquals(example.get("decoded").asText(), tokenizer.decode(ids), text);
        }
    }

    @Test
    void promptsBeginWithTheBeginningOfTheSequence() {
        assertTrue(tokenizer.addsBos());
        for (JsonNode prompt : expected.get("prompts")) {
            String text = prompt.get("text").asText();
            assertArrayEquals(ids(prompt.get("tokens")), tokenizer.encode(text, true), text);
        }
    }
}
