package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that only read a model file. */
final class FileCommandsTest {
    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    @Test
    void tokenizePrintsWhatTheModelSees() {
        // BOS, "▁ab", then "é" and the bytes of a character that no piece spells.
        assertEquals(
                "1 265 266 233 154 168\n",
                CommandRun.of("tokenize", "-m", model, "abé日").output());
        assertEquals(
                "265\n", CommandRun.of("tokenize", "-m", model, "--raw", "ab").output());
    }

    @Test
    void tokenizeReadsStandardInputWithoutItsLastLineBreak() {
        assertEquals(
                CommandRun.of("tokenize", "-m", model, "a\nb").output(),
                CommandRun.withInput("a\nb\n", "tokenize", "-m", model).output());
    }

    @Test
    void tokenizeGivesIdsAndPiecesAsJson() {
        assertEquals(
                "{\"tokens\":[1,265],\"pieces\":[\"<s>\",\"▁ab\"]}\n",
                CommandRun.of("tokenize", "-m", model, "--json", "ab").output());
    }

    @Test
    void tokenizeTakesManyTextsAsLinesOfJson() {
        String[] command = {"tokenize", "-m", model, "--json-lines"};
        assertEquals(
                "[1,265]\n[]\n[1,259,13]\n".replace("[]", "[1]"),
                CommandRun.withInput("\"ab\"\n\"\"\n\n\"\\n\"", command).output());
        CommandRun.withInput("\"ab\"\n7", command)
                .assertFailsAfter("[1,265]\n", 1, "standard input: line 2: is no conversation");
        CommandRun.withInput("\"", command).assertFails(1, "standard input: line 1: ");
        CommandRun.of("tokenize", "-m", model, "--json-lines", "ab")
                .assertFails(2, "--json-lines: reads standard input");
    }

    @Test
    void aFolderNeedsOnlyItsTokenizerToTokenize() throws IOException {
        Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
        CommandRun.of("tokenize", "-m", tokenizer.toString(), "a").assertFails(1, tokenizer + ": has no tokenizer");
        Files.writeString(tokenizer.resolve("tokenizer.json"), """
                {"model": {"type": "BPE", "byte_fallback": true, "merges": ["\u2581 a"],
                    "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "\u2581": 3, "a": 4, "\u2581a": 5}},
                 "normalizer": {"type": "Prepend", "prepend": "\u2581"}}
                """);
        assertEquals(
                "1 5 4\n",
                CommandRun.of("tokenize", "-m", tokenizer.toString(), "aa").output());
        assertEquals(
                "aa\n",
                CommandRun.of("detokenize", "-m", tokenizer.toString(), "5", "4")
                        .output());
    }

    @Test
    void tokenizeShowsHowAGapIsLaidOut() throws IOException {
        Path tokenizer = Files.createDirectory(folder.resolve("gaps"));
        Files.writeString(tokenizer.resolve("tokenizer.json"), """
                {"model": {"type": "BPE", "byte_fallback": true, "merges": ["\u2581 a"],
                    "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "\u2581": 3, "a": 4, "\u2581a": 5}},
                 "added_tokens": [{"id": 6, "content": "[PREFIX]", "special": true},
                    {"id": 7, "content": "[SUFFIX]", "special": true}],
                 "normalizer": {"type": "Prepend", "prepend": "\u2581"}}
                """);
        String name = tokenizer.toString();
        assertEquals(
                "1 7 4 4 6 5\n",
                CommandRun.of("tokenize", "-m", name, "a", "--suffix", "aa").output());
        assertEquals(
                "[1,7,4,4,6,5]\n",
                CommandRun.withInput("{\"prompt\": \"a\", \"suffix\": \"aa\"}", "tokenize", "-m", name, "--json-lines")
                        .output());
        CommandRun.of("tokenize", "-m", model, "a", "--suffix", "b")
                .assertFails(1, "--suffix: the vocabulary has no control token [SUFFIX]");
        CommandRun.of("tokenize", "-m", name, "a", "--suffix", "b", "--raw")
                .assertFails(2, "--suffix: takes no --raw or --json-lines beside it");
    }

    @Test
    void detokenizeTakesBackWhatTokenizePrinted() {
        String text = "ab \"c\" é日本 😀";
        String ids = CommandRun.of("tokenize", "-m", model, text).output().strip();
        assertEquals(text + "\n", CommandRun.of("detokenize", "-m", model, ids).output());
        assertEquals(
                text + "\n",
                CommandRun.withInput(ids, "detokenize", "-m", model).output());
        assertEquals(
                text + "\n",
                CommandRun.of("detokenize", "-m", model, ids.replace(' ', ',')).output());
        assertEquals(
                text,
                CommandRun.of("detokenize", "-m", model, "--json", ids)
                        .json()
                        .get("text")
                        .asText());
    }

    @Test
    void detokenizeNamesWhatIsNoToken() {
        CommandRun.of("detokenize", "-m", model, "1", "999").assertFails(1, "ID: '999' is not a token id");
        CommandRun.of("detokenize", "-m", model, "x").assertFails(1, "ID: 'x' is not a token id");
        CommandRun.of("detokenize", "-m", model, "99999999999").assertFails(1, "ID: '99999999999' is not a token id");
        CommandRun.withInput("1 x", "detokenize", "-m", model).assertFails(1, "standard input: 'x' is not a token id");
    }

    @Test
    void aNegativeIdIsNotTakenForAnOption() {
        CommandRun run = CommandRun.of("detokenize", "-m", model, "--", "-1");
        run.assertFails(1, "ID: '-1' is not a token id");
    }

    @Test
    void inspectShowsMetadataTensorsAndTypes() {
        String shown = CommandRun.of("inspect", "-m", model).output();
        assertTrue(shown.contains("general.name"), shown);
        assertTrue(shown.contains("\"tiny\""), shown);
        assertTrue(shown.contains("string[" + TinyModel.VOCAB + "]"), shown);
        assertTrue(shown.contains("blk.1.attn_k.weight"), shown);
        assertTrue(shown.contains("32 × 16"), shown);
    }

    @Test
    void inspectGivesEverythingAsJson() throws IOException {
        JsonNode json = CommandRun.of("inspect", "-m", model, "--json").json();
        assertEquals(Files.size(Path.of(model)), json.get("size_bytes").asLong());
        assertEquals("llama", json.get("metadata").get("general.architecture").asText());
        assertEquals(
                TinyModel.VOCAB,
                json.get("metadata").get("tokenizer.ggml.tokens").size());
        assertEquals(
                -5, json.get("metadata").get("tokenizer.ggml.scores").get(5).asDouble());
        JsonNode tensor = json.get("tensors").get(0);
        assertEquals("token_embd.weight", tensor.get("name").asText());
        assertEquals("[32," + TinyModel.VOCAB + "]", tensor.get("dims").toString());
        assertEquals(21, json.get("tensors").size());
        assertEquals(21, json.get("types").get("F32").get("tensors").asInt());
        long weights = 0;
        for (JsonNode each : json.get("tensors")) {
            weights += each.get("size_bytes").asLong() / 4;
        }
        assertEquals(weights, json.get("n_params").asLong());
    }

    @Test
    void aMissingModelADirectoryAndAnotherFileAreNamed() throws IOException {
        CommandRun.of("inspect", "-m", folder + "/none.gguf")
                .assertFails(1, folder + "/none.gguf: does not exist; name a GGUF file with -m");
        Path directory = Files.createDirectory(folder.resolve("directory"));
        CommandRun.of("inspect", "-m", directory.toString()).assertFails(1, directory + ": is a directory without");
        Path text = Files.writeString(folder.resolve("text"), "no model", StandardCharsets.UTF_8);
        CommandRun.of("inspect", "-m", text.toString()).assertFails(1, text + ": is not a GGUF file");
        Path empty = Files.createFile(folder.resolve("empty"));
        CommandRun.of("inspect", "-m", empty.toString()).assertFails(1, empty.toString());
    }

    @Test
    void aFileNameCannotSpoilTheMessage() {
        CommandRun.of("inspect", "-m", "a\n\u001b[31mb").assertFails(1, "a \\u001b[31mb: does not exist");
    }

    @Test
    void aTruncatedModelIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(model));
        Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(bytes, bytes.length / 2));
        CommandRun.of("inspect", "-m", cut.toString()).assertFails(1, cut.toString());
    }

    @Test
    void namesOfModelsOnAHubAreCheckedBeforeItIsAsked() {
        CommandRun.of("pull", "mistral")
                .assertFails(1, "mistral: is no name of a model on a hub; write OWNER/NAME, OWNER/NAME:FILE");
        CommandRun.of("pull", "o/m@v1", "--revision", "v2")
                .assertFails(1, "--revision: o/m@v1 names one already; leave one out");
        CommandRun.of("pull", "o/m:Q8_0", "--revision", "../v2")
                .assertFails(1, "--revision: '../v2' is no name of a branch, a tag or a commit");
    }
}
