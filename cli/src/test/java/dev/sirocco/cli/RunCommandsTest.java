package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that run a model, on the device that is always there. */
final class RunCommandsTest {
    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    private static String[] with(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "-m", model, "--device", "reference"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private static CommandRun run(String command, String... arguments) {
        return CommandRun.of(with(command, arguments));
    }

    @Test
    void aDeviceOfATornadoVmSdkNeedsOne() {
        CommandRun.of("generate", "-m", model, "--device", "tornadovm:0:0", "-p", "a")
                .assertFails(1, "no TornadoVM SDK: TORNADOVM_HOME is not set");
        CommandRun.of("generate", "-m", model, "--device", "tornadovm:0:0", "--runtime", "embedded", "-p", "a")
                .assertFails(1, "--device tornadovm:0:0: is none of the embedded runtime");
    }

    @Test
    void generatePrintsTheContinuationThatJsonTells() {
        JsonNode json = run("generate", "-p", "ab", "-n", "12", "--json").json();
        assertEquals(2, json.get("prompt_tokens").asInt());
        assertTrue(json.get("tokens").size() <= 12);
        String finish = json.get("finish_reason").asText();
        assertEquals(json.get("tokens").size() == 12 ? "length" : "stop", finish);
        assertEquals("reference", json.get("device").asText());
        assertEquals(
                json.get("text").asText() + "\n",
                run("generate", "-p", "ab", "-n", "12").output());
    }

    @Test
    void generateTakesTextFromOptionInputOrTokens() {
        String fromOption = run("generate", "-p", "ab", "-n", "5").output();
        assertEquals(
                fromOption,
                CommandRun.withInput("ab\n", with("generate", "-n", "5")).output());
        assertEquals(fromOption, run("generate", "--tokens", "1,265", "-n", "5").output());
    }

    @Test
    void rawTextGetsNothingPutInFront() {
        JsonNode raw = run("generate", "--raw", "-p", "ab", "-n", "1", "--json").json();
        assertEquals(1, raw.get("prompt_tokens").asInt());
        // The line break is a token of its own.
        JsonNode input = CommandRun.withInput("ab\n", with("generate", "--raw", "-n", "1", "--json"))
                .json();
        assertEquals(2, input.get("prompt_tokens").asInt());
    }

    @Test
    void anEmptyTextLeavesTheBeginningToTheModel() {
        assertEquals(
                run("generate", "--tokens", "1", "-n", "4").output(),
                run("generate", "-p", "", "-n", "4").output());
        run("generate", "--raw", "-p", "").assertFails(1, "the text is empty; give one with -p or on standard input");
    }

    @Test
    void aSeedMakesSamplingRepeatable() {
        String[] hot = {"-p", "ab", "-n", "16", "--temp", "2", "--top-k", "50", "--top-p", "0.99", "--seed"};
        List<String> texts = new ArrayList<>();
        for (String seed : List.of("1", "1", "2", "-3")) {
            List<String> arguments = new ArrayList<>(List.of(hot));
            arguments.add(seed);
            texts.add(run("generate", arguments.toArray(String[]::new)).output());
        }
        assertEquals(texts.get(0), texts.get(1));
        assertFalse(texts.get(0).equals(texts.get(2)) && texts.get(0).equals(texts.get(3)), texts.toString());
    }

    @Test
    void generateStopsWhereTheContextEnds() {
        // At a high temperature the end token is one of many.
        JsonNode json = run("generate", "-p", "ab", "--ctx", "6", "-n", "-1", "--temp", "5", "--seed", "3", "--json")
                .json();
        assertEquals("context", json.get("finish_reason").asText(), json.toString());
        assertEquals(4, json.get("tokens").size());
    }

    @Test
    void statisticsAreForTerminalsAndTheVerbose() {
        assertEquals("", run("generate", "-p", "ab", "-n", "2").err());
        CommandRun verbose = run("generate", "-p", "ab", "-n", "2", "-v");
        assertTrue(verbose.err().matches("(?s)sirocco: loaded in .*prompt 2 tokens in .*generated \\d in .*\n"));
        CommandRun terminal = CommandRun.of("", true, new Interruption(), with("generate", "-p", "ab", "-n", "2"));
        assertTrue(terminal.err().contains("generated"), terminal.err());
        assertEquals(verbose.out(), terminal.out());
    }

    @Test
    void anInterruptionEndsWithWhatWasGenerated() {
        Interruption interruption = new Interruption();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream interrupting = new OutputStream() {
            @Override
            public void write(int b) {
                out.write(b);
                interruption.request();
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), interrupting, err, () -> false);
        int status = new Application(console, interruption)
                .run(with("generate", "-p", "ab", "-n", "-1", "--temp", "1", "--seed", "5"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(130, status);
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\n") && text.length() > 1, text);

        CommandRun json = CommandRun.of("", false, interruption, with("generate", "-p", "ab", "--json"));
        assertEquals(130, json.status());
        assertTrue(json.out().contains("\"tokens\":[],\"text\":\"\",\"finish_reason\":\"interrupted\""), json.out());
    }

    @Test
    void generateEndsQuietlyWhenNobodyReads() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), closed, err, () -> false);
        int status = new Application(console, new Interruption()).run(with("generate", "-p", "ab"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(0, status);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--temp     | NaN        | 2 | --temp: NaN is not from 0.0 to 100.0; see 'sirocco generate --help'",
                "--temp     | -1         | 2 | --temp: -1.0 is not from 0.0 to 100.0",
                "--temp     | Infinity   | 2 | --temp: Infinity is not from",
                "--temp     | hot        | 2 | --temp: 'hot' is not a number",
                "--top-p    | 0          | 2 | --top-p: 0.0 is not above 0 and at most 1",
                "--top-p    | 1.5        | 2 | --top-p: 1.5 is not above 0 and at most 1",
                "--top-p    | NaN        | 2 | --top-p: NaN is not above 0",
                "--min-p    | 2          | 2 | --min-p: 2.0 is not from 0.0 to 1.0",
                "--top-k    | -1         | 2 | --top-k: -1 is not from 0 to 2147483647",
                "--seed     | x          | 2 | --seed: 'x' is not a whole number from -2^63",
                "-n         | -2         | 2 | -n: -2 is not from -1 to 2147483647",
                "-n         | 99999999999| 2 | -n: '99999999999' is not a whole number",
                "--ctx      | 0          | 2 | --ctx: 0 is not from 1 to",
                "--ctx      | -5         | 2 | --ctx: -5 is not from 1 to",
                "--ctx      | 1.5        | 2 | --ctx: '1.5' is not a whole number",
                "--ctx      | 16777216   | 1 | a context of 16777216 tokens was asked for, but the model was made for 64",
                "--ctx      | 3          | 1 | 5 tokens do not fit: the context is 3 tokens",
                "--window   | -1         | 2 | --window: -1 is not from 0 to",
                "--threads  | 0          | 2 | --threads: 0 is not from 1 to 4096",
                "--device   | nothing    | 1 | --device nothing: There is no device 'nothing'; there are auto",
                "--device   | reference:7| 1 | --device reference:7: There is no device",
                "--runtime  | tornadovm  | 1 | --device reference: is none of a TornadoVM SDK",
                "--profile  | /none.yaml | 1 | /none.yaml: does not exist; name a profile file",
                "--tokens   | 1,2        | 2 | --tokens: cannot be combined with a text",
                "-m         | /none.gguf | 1 | /none.gguf: does not exist; name a GGUF file with -m",
            })
    void aValueThatMakesNoSenseIsRefused(String option, String value, int status, String problem) {
        List<String> arguments = new ArrayList<>(List.of("generate"));
        if (!option.equals("-m")) {
            arguments.addAll(List.of("-m", model));
        }
        if (!option.equals("--device")) {
            arguments.addAll(List.of("--device", "reference"));
        }
        arguments.addAll(List.of("-p", "a c ab", option, value));
        CommandRun.of(arguments.toArray(String[]::new)).assertFails(status, problem);
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        CommandRun run = run("generate", "-p", "a c ".repeat(40));
        run.assertFails(1, "122 tokens do not fit: the context is 64 tokens");
        assertTrue(run.err().contains("(--ctx)"), run.err());
        run("score", "-p", "a c ".repeat(40)).assertFails(1, "122 tokens do not fit");
    }

    @Test
    void tokensThatAreNotTheModelsAreNamed() {
        run("generate", "--tokens", "1,267").assertFails(1, "--tokens: '267' is not a token id; this model's are 0 to");
        run("generate", "--tokens", "1,,x").assertFails(1, "--tokens: 'x' is not a token id");
        run("generate", "--tokens", "").assertFails(1, "the text is empty");
    }

    @Test
    void scoreGivesEachTokensLogProbability() throws IOException {
        Path file = folder.resolve("logits.npy");
        JsonNode json = run("score", "-p", "ab c", "--json", "--logits-out", file.toString())
                .json();
        int tokens = json.get("tokens").size();
        assertTrue(json.get("logprobs").get(0).isNull());
        assertEquals(tokens, json.get("logprobs").size());
        assertEquals(tokens - 1, json.get("scored").asInt());

        ByteBuffer npy = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int data = 10 + npy.getShort(8);
        assertEquals(data + 4 * tokens * TinyModel.VOCAB, npy.capacity());
        double sum = 0;
        for (int token = 1; token < tokens; token++) {
            int row = data + 4 * TinyModel.VOCAB * (token - 1);
            double exps = 0;
            for (int id = 0; id < TinyModel.VOCAB; id++) {
                exps += Math.exp(npy.getFloat(row + 4 * id));
            }
            int id = json.get("tokens").get(token).asInt();
            double expected = npy.getFloat(row + 4 * id) - Math.log(exps);
            assertEquals(expected, json.get("logprobs").get(token).asDouble(), 1e-9);
            sum += expected;
        }
        assertEquals(sum, json.get("sum").asDouble(), 1e-9);
        assertEquals(Math.exp(-sum / (tokens - 1)), json.get("perplexity").asDouble(), 1e-9);
    }

    @Test
    void scorePrintsALineForEachToken() {
        List<String> lines = run("score", "--text", "ab").output().lines().toList();
        assertEquals(3, lines.size());
        assertEquals("1\t-\t\"<s>\"", lines.get(0));
        assertTrue(lines.get(1).matches("265\t-\\d+\\.\\d{6}\t\"▁ab\""), lines.get(1));
        assertTrue(lines.get(2).startsWith("total\t-"), lines.get(2));
    }

    @Test
    void logitsThatCannotBeWrittenAreRefusedBeforeAnythingIsPrinted() throws IOException {
        run("score", "-p", "ab", "--logits-out", folder + "/none/x.npy")
                .assertFails(1, "--logits-out " + folder + "/none/x.npy: its folder does not exist; make it first");
        run("score", "-p", "ab", "--logits-out", folder.toString()).assertFails(1, "--logits-out " + folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".partial")));
        }
    }

    @Test
    void anInterruptedScoreLeavesNoFile() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        Path file = folder.resolve("interrupted.npy");
        CommandRun run =
                CommandRun.of("", false, interruption, with("score", "-p", "ab", "--logits-out", file.toString()));
        assertEquals(130, run.status());
        assertEquals("", run.out() + run.err());
        assertFalse(Files.exists(file));
    }

    @Test
    void aWindowChangesWhatALongTextMeans() {
        String text = "a c ".repeat(12);
        String own = run("score", "-p", text).output();
        assertEquals(own, run("score", "-p", text, "--window", "24").output());
        assertFalse(own.equals(run("score", "-p", text, "--window", "3").output()));
        assertFalse(own.equals(run("score", "-p", text, "--window", "0").output()));
    }

    @Test
    void benchMeasuresPromptsAndGeneration() {
        JsonNode json =
                run("bench", "-p", "8,5", "-n", "4", "-r", "2", "-o", "json").json();
        assertEquals(3, json.size());
        assertEquals("pp8", json.get(0).get("test").asText());
        assertEquals("pp5", json.get(1).get("test").asText());
        assertEquals("tg4", json.get(2).get("test").asText());
        for (JsonNode row : json) {
            assertEquals(2, row.get("samples_ts").size());
            assertTrue(row.get("avg_ts").asDouble() > 0);
            assertEquals("reference", row.get("device").asText());
            assertEquals("reference", row.get("backend").asText());
            assertEquals(1, row.get("n_threads").asInt());
            assertEquals("llama 0.04M F32", row.get("model").asText());
            assertTrue(row.get("compile_ns").asLong() > 0);
            assertTrue(row.get("load_ns").asLong() >= row.get("compile_ns").asLong());
            assertEquals(0, row.get("device_gb_s").asDouble());
            assertEquals(0, row.get("device_copy_gb_s").asDouble());
        }
    }

    @Test
    void benchComparesDevicesInOneTable() {
        JsonNode json = CommandRun.of(
                        "bench",
                        "-m",
                        model.toString(),
                        "-p",
                        "0",
                        "-n",
                        "3",
                        "-r",
                        "1",
                        "-o",
                        "json",
                        "--device",
                        "cpu,reference")
                .json();
        assertEquals(2, json.size());
        assertEquals("cpu", json.get(0).get("device").asText());
        assertTrue(json.get(0).get("gb_s").asDouble() > 0);
        assertTrue(json.get(0).get("device_gb_s").asDouble() > 0);
        assertTrue(json.get(0).get("bandwidth_share").asDouble() > 0);
        assertTrue(json.get(0).get("device_copy_gb_s").asDouble() > 0);
        assertTrue(json.get(0).get("copy_share").asDouble() > 0);
        assertEquals("reference", json.get(1).get("device").asText());
        CommandRun.of("bench", "-m", model.toString(), "-n", "3", "--device", "cpu,nothing")
                .assertFails(1, "--device nothing: ");
        CommandRun.of("bench", "-m", model.toString(), "-n", "3", "--device", "cpu,tornadovm:0:0")
                .assertFails(1, "no TornadoVM SDK: TORNADOVM_HOME is not set");
    }

    @Test
    void benchPrintsATableByDefault() {
        CommandRun run = CommandRun.of("", true, new Interruption(), with("bench", "-p", "0", "-n", "3", "-r", "1"));
        assertEquals(0, run.status());
        assertEquals(3, run.out().lines().count(), run.out());
        assertTrue(run.out().contains("|            tg3 |"), run.out());
        assertTrue(run.err().contains("tg3, run 1 of 1"), run.err());
    }

    @Test
    void benchMeasuresAtADepthAndKernelByKernel() {
        CommandRun run = CommandRun.of(
                "",
                false,
                new Interruption(),
                with("bench", "-p", "2", "-n", "2", "-d", "0,5", "-r", "1", "--kernels"));
        assertEquals(0, run.status(), run.err());
        for (String part :
                List.of("| pp2 |", "| tg2 @ d5 |", "| reference, one token at depth 5 ", "| down ", "| all kernels ")) {
            assertTrue(run.out().replaceAll(" +", " ").contains(part.strip()), part + " in " + run.out());
        }
        assertEquals(
                2,
                run.out()
                        .lines()
                        .filter(line -> line.startsWith("| all kernels"))
                        .count(),
                run.out());
        CommandRun.of("", false, new Interruption(), with("bench", "--kernels", "-o", "json"))
                .assertFails(2, "--kernels: is a table for people; leave out -o");
    }

    @ParameterizedTest(name = "bench {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-p 65           | 1 | -p 65: ",
                "-n 100          | 1 | -n 100: ",
                "-p 0 -n 0       | 2 | -p, -n: there is nothing to measure",
                "-p -1           | 2 | -p: -1 is not from 0 to",
                "-r 0            | 2 | -r: 0 is not from 1 to",
                "-p 8,x          | 2 | -p: 'x' is not a whole number",
                "-d 63           | 1 | -p 4, -d 63: ",
                "-d -1           | 2 | -d: -1 is not from 0 to",
                "-o xml          | 2 | -o: expected one of [md, csv, json, jsonl]",
            })
    void benchRefusesWhatItCannotMeasure(String arguments, int status, String problem) {
        List<String> all = new ArrayList<>(List.of("-p", "4", "-n", "4"));
        String[] given = arguments.split(" ");
        for (int i = 0; i < given.length; i += 2) {
            int at = all.indexOf(given[i]);
            if (at >= 0) {
                all.set(at + 1, given[i + 1]);
            } else {
                all.addAll(List.of(given[i], given[i + 1]));
            }
        }
        run("bench", all.toArray(String[]::new)).assertFails(status, problem);
    }

    @Test
    void aProfilesSettingsAreObeyed() throws IOException {
        Path profile = Files.writeString(folder.resolve("p.yaml"), "profile: small\nprefill_chunk: 3\n");
        assertEquals(
                run("score", "-p", "a c ab").output().lines().count(),
                run("score", "-p", "a c ab", "--profile", profile.toString())
                        .output()
                        .lines()
                        .count());
        JsonNode devices = CommandRun.of("devices", "--json", "--profile", profile.toString())
                .json()
                .get("devices");
        for (JsonNode device : devices) {
            assertEquals(3, device.get("profile").get("prefill_chunk").asInt());
        }
        assertTrue(CommandRun.of("devices", "--profile", profile.toString())
                .output()
                .contains("profile default + reference + small: prefill_chunk 3, memory_share 0.9"));
        Path tight = Files.writeString(folder.resolve("t.yaml"), "profile: tight\nmemory_share: 1e-9\n");
        CommandRun warned = run("generate", "-p", "ab", "-n", "1", "--profile", tight.toString());
        assertTrue(warned.err().startsWith("sirocco: warning: tiny.gguf and its cache take"), warned.err());
        assertEquals(0, warned.status());
        Path bad = Files.writeString(folder.resolve("b.yaml"), "profile: bad\nprefill_chunk: 0\n");
        run("generate", "-p", "ab", "--profile", bad.toString())
                .assertFails(1, bad + ":2: prefill_chunk: '0' must be a whole number");
    }
}
