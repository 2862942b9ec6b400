package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The model that comes with the project, found without being named, on the default device. */
final class ShippedModelTest {
    @Test
    void itDefinesAWord() {
        JsonNode json = CommandRun.of("generate", "-p", "mistral:", "--json").json();
        assertEquals("stop", json.get("finish_reason").asText());
        String text = json.get("text").asText();
        assertTrue(text.matches(" [a-z].{10,200}"), text);
        StringBuilder all =
                new StringBuilder(CommandRun.of("tokenize", "mistral:").output().strip());
        json.get("tokens").forEach(id -> all.append(' ').append(id.asInt()));
        assertEquals(
                "mistral:" + text + "\n",
                CommandRun.of("detokenize", all.toString()).output());
    }

    @Test
    void itFindsADefinitionLikelierThanAJumble() {
        double sense = perplexity("dog: a domestic animal that is kept by people");
        double nonsense = perplexity("dog: by that a is people animal kept domestic");
        assertTrue(sense < nonsense / 2, sense + " and " + nonsense);
    }

    private static double perplexity(String text) {
        return CommandRun.of("score", "--text", text, "--json")
                .json()
                .get("perplexity")
                .asDouble();
    }

    @Test
    void theReferenceDeviceAgrees() {
        String[] arguments = {"generate", "-p", "mistral:", "-n", "6", "--device"};
        String[] cpu = Arrays.copyOf(arguments, 7);
        String[] reference = cpu.clone();
        cpu[6] = "cpu";
        reference[6] = "reference";
        assertEquals(CommandRun.of(reference).output(), CommandRun.of(cpu).output());
    }

    @Test
    void itGeneratesWhatItsTrainerExpectsWhereTheChoiceIsClear() throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of(System.getProperty("sirocco.home"), "model/pretrained/wordnet/expected.json")
                        .toFile());
        for (JsonNode prompt : expected.get("prompts")) {
            StringJoiner ids = new StringJoiner(",");
            prompt.get("tokens").forEach(id -> ids.add(id.asText()));
            JsonNode tokens = CommandRun.of("generate", "--tokens", ids.toString(), "-n", "24", "--json")
                    .json()
                    .get("tokens");
            for (int i = 0; i < prompt.get("greedy").size(); i++) {
                // Activations are rounded to 8 bits, which the trainer's arithmetic does not do.
                if (prompt.get("greedy_margins").get(i).asDouble() < 0.3) {
                    break;
                }
                int wanted = prompt.get("greedy").get(i).asInt();
                assertEquals(wanted, i < tokens.size() ? tokens.get(i).asInt() : TinyModel.EOS, prompt.toString());
            }
        }
    }
}
