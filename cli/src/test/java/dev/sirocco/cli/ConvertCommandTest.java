package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make model files. */
final class ConvertCommandTest {
    @TempDir
    private Path folder;

    private String model;

    @BeforeEach
    void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    @Test
    void quantizeMakesAFileThatRunsAndSaysWhatIsInIt() {
        String small = folder.resolve("small.gguf").toString();
        assertEquals(
                small + "  45.4 KiB  5 F32, 16 Q8_0\n",
                CommandRun.of("quantize", model, small, "q8_0").output());
        CommandRun run = CommandRun.of("generate", "-m", small, "--device", "reference", "-p", "ab", "-n", "3");
        assertEquals(0, run.status(), run.err());
        JsonNode shown = CommandRun.of("inspect", "-m", small, "--json").json();
        assertEquals(7, shown.get("metadata").get("general.file_type").asInt());
        assertEquals("tiny", shown.get("metadata").get("general.name").asText());
    }

    @Test
    void outputTypeAndPurityAreObeyed() {
        String small = folder.resolve("small.gguf").toString();
        JsonNode mixed = CommandRun.of("quantize", model, small, "Q4_0", "--output-type", "q5_1", "--json")
                .json();
        assertEquals("{\"F32\":5,\"Q4_0\":15,\"Q5_1\":1}", mixed.get("types").toString());
        JsonNode pure = CommandRun.of("quantize", model, small, "Q4_0", "--pure", "--force", "--json")
                .json();
        assertEquals("{\"F32\":5,\"Q4_0\":16}", pure.get("types").toString());
        assertEquals(Path.of(small).toFile().length(), pure.get("size_bytes").asLong());
    }

    @Test
    void whatHasLostBitsLosesMoreOnlyWhenThatIsAccepted() {
        String eight = folder.resolve("eight.gguf").toString();
        String four = folder.resolve("four.gguf").toString();
        assertEquals(0, CommandRun.of("quantize", model, eight, "Q8_0").status());
        CommandRun.of("quantize", eight, four, "Q4_0")
                .assertFails(1, eight + ": tensor 'token_embd.weight' is of type Q8_0 already");
        CommandRun run = CommandRun.of(
                "quantize", eight, four, "--type", "Q4_0", "--allow-requantize", "--threads", "1", "--json");
        assertEquals(
                "{\"F32\":5,\"Q4_0\":15,\"Q8_0\":1}", run.json().get("types").toString());
        CommandRun.of("quantize", eight, four).assertFails(2, "TYPE: is missing; name one, such as Q4_K_M");
        CommandRun.of("quantize", eight, four, "Q4_0", "--type", "Q4_0").assertFails(2, "--type: there is a TYPE");
        CommandRun.of("quantize", eight, four, "Q4_0", "--threads", "0").assertFails(2, "--threads");
    }

    @Test
    void nothingIsReplacedWithoutForce() throws IOException {
        Path existing = Files.writeString(folder.resolve("existing.gguf"), "precious");
        CommandRun.of("quantize", model, existing.toString(), "Q8_0")
                .assertFails(1, existing + ": exists already; --force replaces it");
        assertEquals("precious", Files.readString(existing));
        CommandRun.of("quantize", model, model, "Q8_0", "--force").assertFails(1, model + ": is the model itself");
    }

    @Test
    void whatCannotBeMadeIsNamed() {
        String out = folder.resolve("out.gguf").toString();
        CommandRun.of("quantize", model, out, "Q9")
                .assertFails(1, "TYPE: 'Q9' is no type that can be made; choose one");
        CommandRun.of("quantize", model, out, "Q8_0", "--output-type", "IQ1_S")
                .assertFails(1, "--output-type: 'IQ1_S' is no type of tensors");
        CommandRun.of("quantize", folder + "/none", out, "Q8_0").assertFails(1, folder + "/none: does not exist");
        CommandRun.of("quantize", model, folder + "/no/out.gguf", "Q8_0")
                .assertFails(1, folder + "/no/out.gguf: its folder does not exist");
        CommandRun.of("quantize", model, folder.toString(), "Q8_0").assertFails(1, folder + ": is a directory");
    }

    @Test
    void convertKeepsTypesUnlessToldOtherwise() {
        String same = folder.resolve("same.gguf").toString();
        assertTrue(CommandRun.of("convert", model, "-o", same).output().endsWith("21 F32\n"));
        String half = folder.resolve("half.gguf").toString();
        assertTrue(CommandRun.of("convert", model, "-o", half, "--type", "bf16")
                .output()
                .endsWith("5 F32, 16 BF16\n"));
    }

    @Test
    void progressSaysHowFarHowFastAndHowLong() {
        ByteProgress progress = new ByteProgress(null, "pulling m.gguf", 10L << 30, 1L << 30);
        assertEquals(
                "pulling m.gguf … 20 %, 2.00 GiB of 10.0 GiB, 102.4 MiB/s, 1:20 min left",
                progress.line(1L << 30, 10_000_000_000L));
    }
}
