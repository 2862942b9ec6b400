package dev.sirocco.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sirocco.model.json.JsonException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchWriterTest {
    private static BenchRow row(int prompt, int generated, Long... nanos) {
        return rowAt(0, prompt, generated, nanos);
    }

    private static BenchRow rowAt(int depth, int prompt, int generated, Long... nanos) {
        return new BenchRow(
                "llama 7.24B Q8_0",
                "a \"b\".gguf",
                7_695_857_664L,
                7_241_732_096L,
                7_000_000_000L,
                new BenchDevice("cpu", "cpu", "a, b", 2, new DeviceBandwidth(70, 50), 1_500_000_000L, 2_250_000_000L),
                prompt,
                generated,
                depth,
                Instant.EPOCH,
                List.of(nanos));
    }

    private static String written(BenchWriter.Format format, BenchRow... rows) throws IOException {
        StringWriter out = new StringWriter();
        try (BenchWriter writer = format.open(out)) {
            for (BenchRow row : rows) {
                writer.row(row);
            }
        }
        return out.toString();
    }

    @Test
    void meanAndDeviationAreThoseOfTheRates() {
        BenchRow row = row(512, 0, 1_000_000_000L, 500_000_000L, 250_000_000L);
        assertEquals("pp512", row.test());
        assertEquals(List.of(512.0, 1024.0, 2048.0), row.samplesTokensPerSecond());
        assertEquals((512 + 1024 + 2048) / 3.0, row.averageTokensPerSecond(), 1e-9);
        // Sample standard deviation of 1, 2, 4 is sqrt(7/3).
        assertEquals(512 * Math.sqrt(7 / 3.0), row.deviationTokensPerSecond(), 1e-9);
        assertEquals(583_333_333L, row.averageNanos());
        assertEquals(0, row(0, 1, 5L).deviationTokensPerSecond());
        assertEquals("tg1", row(0, 1, 5L).test());
        assertEquals("tg1 @ d4096", rowAt(4096, 0, 1, 5L).test());
    }

    @Test
    void onlyGenerationIsMeasuredByBandwidth() {
        BenchRow generation = row(0, 10, 1_000_000_000L);
        assertEquals(70, generation.gigabytesPerSecond(), 1e-9);
        assertEquals(1, generation.bandwidthShare(), 1e-9);
        assertEquals(1.4, generation.copyShare(), 1e-9);
        assertEquals(0, row(512, 0, 1_000_000_000L).gigabytesPerSecond());
        assertEquals(0, row(512, 0, 1_000_000_000L).bandwidthShare());
        assertEquals(0, row(512, 0, 1_000_000_000L).copyShare());
    }

    @Test
    void aRowMeasuresPromptOrGeneration() {
        assertThrows(IllegalArgumentException.class, () -> row(1, 1, 5L));
        assertThrows(IllegalArgumentException.class, () -> row(0, 0, 5L));
        assertThrows(IllegalArgumentException.class, () -> row(1, 0));
    }

    @Test
    void markdownIsATable() throws IOException {
        List<String> lines = written(BenchWriter.Format.md, row(0, 128, 25_600_000_000L))
                .lines()
                .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).matches("\\|( -+:? \\|)+"), lines.get(1));
        assertEquals(
                "| llama 7.24B Q8_0           |   7.17 GiB |     7.24 B | cpu        |       2 |          tg128 |"
                        + "        5.00 ± 0.00 |   35.0 |     50 % |     70 % |      1.50 |     2.25 |",
                lines.get(2));
    }

    @Test
    void jsonIsAnArrayOfRows() throws IOException {
        String text = written(BenchWriter.Format.json, row(512, 0, 1_000_000_000L), row(0, 128, 1_000_000_000L));
        JsonNode json = new ObjectMapper().readTree(text);
        assertEquals(2, json.size());
        assertEquals("pp512", json.get(0).get("test").asText());
        assertEquals(512, json.get(0).get("avg_ts").asDouble());
        assertEquals(0, json.get(0).get("stddev_ts").asDouble());
        assertEquals("[512.0]", json.get(0).get("samples_ts").toString());
        assertEquals("a \"b\".gguf", json.get(1).get("model_filename").asText());
        assertEquals(
                0, new ObjectMapper().readTree(written(BenchWriter.Format.json)).size());
    }

    @Test
    void jsonlIsARowALine() throws IOException {
        List<String> lines = written(BenchWriter.Format.jsonl, row(512, 0, 5L), row(0, 128, 5L))
                .lines()
                .toList();
        assertEquals(2, lines.size());
        assertEquals(
                "tg128", new ObjectMapper().readTree(lines.get(1)).get("test").asText());
    }

    @Test
    void csvHasNamesOnceAndQuotes() throws IOException {
        List<String> lines = written(BenchWriter.Format.csv, row(512, 0, 5L), row(0, 128, 5L))
                .lines()
                .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("model,model_filename,model_size,n_params,"), lines.get(0));
        assertTrue(lines.get(1).startsWith("\"llama 7.24B Q8_0\",\"a \"\"b\"\".gguf\","), lines.get(1));
    }

    @Test
    void linesOfJsonAreReadBackAsTheyWere() throws IOException {
        for (BenchRow row : List.of(row(512, 0, 3L, 4L), row(0, 7, 1_000_000_000L))) {
            String line = written(BenchWriter.Format.jsonl, row);
            assertEquals(row, BenchRowReader.read(line.strip()));
        }
        assertThrows(JsonException.class, () -> BenchRowReader.read("[TornadoVM] hello"));
        assertEquals(
                "a row has no samples_ns",
                assertThrows(IllegalArgumentException.class, () -> BenchRowReader.read("{\"model\": \"m\"}"))
                        .getMessage());
    }
}
