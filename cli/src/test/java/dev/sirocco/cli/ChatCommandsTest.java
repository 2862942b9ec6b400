package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lays conversations out, and perplexity, on the device that is always there. */
final class ChatCommandsTest {
    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    private static CommandRun run(String input, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "-m", model, "--device", "reference"));
        all.addAll(List.of(arguments));
        return CommandRun.withInput(input, all.toArray(String[]::new));
    }

    private static CommandRun chat(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--template", "V1", "-n", "3", "--temp", "0"));
        all.addAll(List.of(arguments));
        return run(input, "chat", all.toArray(String[]::new));
    }

    private static String conversation(String json) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "chat", ".json"), json)
                .toString();
    }

    @Test
    void tokenizeLaysAConversationOut() throws IOException {
        String file = conversation("{\"messages\": [{\"role\": \"user\", \"content\": \"ab\"}]}");
        String text =
                CommandRun.of("tokenize", "-m", model, "[INST] ab [/INST]").output();
        assertEquals(
                text,
                CommandRun.of("tokenize", "-m", model, "--template", "v1", "--chat", file)
                        .output());
        String system =
                CommandRun.of("tokenize", "-m", model, "[INST] c\n\nab [/INST]").output();
        assertEquals(
                system,
                CommandRun.of("tokenize", "-m", model, "--template", "V1", "--system", "c", "--chat", file)
                        .output());
        CommandRun lines = CommandRun.withInput(
                "[{\"role\":\"user\",\"content\":\"ab\"}]\n",
                "tokenize",
                "-m",
                model,
                "--template",
                "V1",
                "--json-lines");
        assertEquals("[" + text.strip().replace(' ', ',') + "]\n", lines.output());
    }

    @Test
    void whatCannotBeLaidOutIsRefused() throws IOException {
        String file = conversation("[{\"role\": \"user\", \"content\": \"ab\"}]");
        CommandRun.of("tokenize", "-m", model, "--chat", file)
                .assertFails(1, model + ": cannot tell how to lay a conversation out: it has no chat template; name");
        CommandRun.of("tokenize", "-m", model, "--chat", file, "--template", "V9")
                .assertFails(2, "--template: 'V9' is none of V1, V2, V3, V7, V11, V13, auto");
        CommandRun.of("tokenize", "-m", model, "--chat", file, "--template", "V3")
                .assertFails(1, "the vocabulary has no control token [INST]");
        CommandRun.of("tokenize", "-m", model, "--template", "V1", "a").assertFails(2, "--template, --system: are for");
        CommandRun.of("tokenize", "-m", model, "--chat", folder + "/none", "--template", "V1")
                .assertFails(1, folder + "/none: does not exist");
        CommandRun.of("tokenize", "-m", model, "--chat", conversation("[1]"), "--template", "V1")
                .assertFails(1, folder.toString());
    }

    @Test
    void generateAnswersWhereATemplateIsNamed() {
        JsonNode json = run("", "generate", "-p", "ab", "--template", "V1", "-n", "4", "--json")
                .json();
        assertEquals(
                CommandRun.of("tokenize", "-m", model, "[INST] ab [/INST]")
                        .out()
                        .split(" ")
                        .length,
                json.get("prompt_tokens").asInt());
        assertEquals("assistant", json.get("message").get("role").asText());
        assertEquals(
                json.get("text").asText() + "\n",
                run("ab\n", "generate", "--template", "V1", "-n", "4").output());
        assertFalse(run("", "generate", "-p", "ab", "-n", "1", "--json").json().has("message"));
        run("", "generate", "-p", "ab", "--system", "c").assertFails(1, model + ": cannot tell how");
        run("", "generate", "--tokens", "1", "--template", "V1").assertFails(2, "--template, --system, --chat: cannot");
        run("", "generate", "-p", "a", "--chat", "x").assertFails(2, "--chat: cannot be combined with a text");
        run("", "generate", "-p", "a", "--raw", "--suffix", "x").assertFails(2, "--suffix: cannot be combined with");
        run("", "generate", "-p", "a", "--suffix", "b").assertFails(1, "the vocabulary has no control token [SUFFIX]");
    }

    @Test
    void chatAnswersEachLine() {
        String first = run("ab\n", "generate", "--template", "V1", "-n", "3").output();
        CommandRun one = chat("ab\n");
        assertEquals(first, one.out());
        assertEquals(0, one.status());
        CommandRun two = chat("ab\n\nc\n/stats\n/exit\nnot read\n");
        assertTrue(two.out().startsWith(first), two.out());
        assertTrue(two.err().contains(" of 64 tokens, template V1; last turn: "), two.err());
    }

    @Test
    void anEmptyAnswerIsSaidToBeOneAndLeavesNothing() throws IOException {
        Path file = folder.resolve("empty.json");
        CommandRun empty = run("ab\n/stats\n/save " + file + "\n", "chat", "--template", "V1", "-n", "0");
        assertEquals(0, empty.status(), empty.err());
        assertTrue(
                empty.err().contains("sirocco: the answer is empty; the conversation is as it was before\n"),
                empty.err());
        assertTrue(empty.err().contains("sirocco: 0 of 64 tokens, template V1; last turn: "), empty.err());
        JsonNode messages = new ObjectMapper().readTree(file.toFile()).get("messages");
        assertEquals(0, messages.size(), messages.toString());
    }

    @Test
    void aBackslashContinuesAMessageAndTwoSlashesAreOne() {
        assertEquals(
                chat("a\\\nb\n").out(),
                run("a\nb\n", "generate", "--template", "V1", "-n", "3").out());
        assertEquals(
                chat("//b\n").out(),
                run("/b\n", "generate", "--template", "V1", "-n", "3").out());
    }

    @Test
    void chatForgetsSavesAndLoads() throws IOException {
        Path file = folder.resolve("saved.json");
        CommandRun saved = chat("ab\n/save " + file + "\n/reset\n/system c\nb\n", "--system", "a");
        assertEquals(0, saved.status(), saved.err());
        JsonNode messages = new ObjectMapper().readTree(file.toFile()).get("messages");
        assertEquals("system", messages.get(0).get("role").asText());
        assertEquals("ab", messages.get(1).get("content").asText());
        String direct = chat("ab\nb\n", "--system", "a").out();
        String continued = chat("b\n", "--chat", file.toString()).out();
        assertTrue(direct.endsWith(continued), direct + continued);
        assertEquals(continued, chat("/load " + file + "\nb\n").out());
    }

    @Test
    void aMistakeEndsAChatThatNobodyTypes() {
        CommandRun unknown = chat("/nope\n");
        assertTrue(unknown.err().startsWith("sirocco: /nope: no such command; /help lists them"), unknown.err());
        assertEquals(1, unknown.status());
        chat("/result x\n").assertFails(1, "/result: the model waits for none");
        chat("/load /none\n").assertFails(1, "/none: does not exist");
        chat("x".repeat(200) + "\n").assertFails(1, "the conversation has ");
        run("", "chat").assertFails(1, model + ": cannot tell how to lay a conversation out");
    }

    @Test
    void perplexityIsThatOfTheScoresOfEachWindow() throws IOException {
        String text = "ab c a b abc b ".repeat(4);
        Path file = Files.writeString(folder.resolve("text.txt"), text + "\n");
        JsonNode json = run("", "perplexity", "-f", file.toString(), "--ctx", "8", "--json")
                .json();
        int windows = CommandRun.of("tokenize", "-m", model, text).output().split(" ").length / 8;
        assertEquals(windows, json.get("chunks").asInt());
        assertEquals(3 * windows, json.get("scored").asInt());
        double perplexity = json.get("perplexity").asDouble();
        assertEquals(Math.exp(json.get("nll").asDouble()), perplexity, 1e-9);
        String line = run(text, "perplexity", "--ctx", "8").output();
        assertTrue(line.startsWith(String.format("perplexity\t%.4f\t+/- ", perplexity)), line);
        assertEquals(
                2,
                run(text, "perplexity", "--ctx", "8", "--chunks", "2", "--json")
                        .json()
                        .get("chunks")
                        .asInt());
        CommandRun terminal = CommandRun.of(
                text, true, new Interruption(), "perplexity", "-m", model, "--device", "reference", "--ctx", "8");
        assertTrue(terminal.err().contains("perplexity so far"), terminal.err());
        run("ab", "perplexity").assertFails(1, "standard input: has 2 tokens, but two windows of 64 are needed");
        JsonNode strided =
                run(text, "perplexity", "--ctx", "8", "--stride", "2", "--json").json();
        assertEquals(2 * strided.get("chunks").asInt(), strided.get("scored").asInt());
        run(text, "perplexity", "--ctx", "8", "--stride", "7").assertFails(2, "--stride: 7 is not from 0 to 6");
        run(text, "perplexity", "--ctx", "3").assertFails(2, "--ctx: 3 is not from 4 to");
        run("", "perplexity", "-f", "/none").assertFails(1, "/none: does not exist");
    }
}
