package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationTest {
    @ParameterizedTest
    @ValueSource(strings = {"generate", "score", "tokenize", "detokenize", "inspect", "devices", "bench", "completion"})
    void everyCommandExplainsItself(String command) {
        String help = CommandRun.of(command, "--help").output();
        assertTrue(help.startsWith("Usage: sirocco " + command), help);
        assertEquals(help, CommandRun.of("help", command).output());
        assertTrue(CommandRun.of("--help").output().contains("\n  " + command), command);
    }

    @Test
    void versionNamesTheBuildAndTheJvm() {
        String version = CommandRun.of("--version").output();
        assertTrue(version.matches("sirocco \\d+\\.\\d+\\.\\d+\\S*\nJava 2[5-9].*\n"), version);
    }

    @Test
    void badUsageIsOneLineAndStatusTwo() {
        CommandRun.of().assertFails(2, "a command is missing; see 'sirocco --help'");
        CommandRun.of("zzz").assertFails(2, "'zzz': no such command");
        CommandRun.of("tokenise").assertFails(2, "'tokenise': no such command (did you mean tokenize");
        CommandRun.of("inspect", "--jsn").assertFails(2, "--jsn: no such option (did you mean --json?)");
        CommandRun.of("inspect", "more").assertFails(2, "'more': one argument too many; see 'sirocco inspect --help'");
        CommandRun.of("inspect", "-m").assertFails(2, "Missing required parameter for option '--model' (MODEL)");
        CommandRun.of("devices", "--runtime", "x").assertFails(2, "--runtime: expected one of");
    }

    @Test
    void devicesListsTheReferenceDevice() {
        JsonNode json = CommandRun.of("devices", "--json").json();
        boolean found = false;
        for (JsonNode device : json.get("devices")) {
            if (device.get("id").asText().equals("reference")) {
                found = true;
                assertTrue(device.get("memory_bytes").asLong() > 0);
                assertTrue(device.get("zero_copy").asBoolean());
            }
        }
        assertTrue(found, json.toString());
        assertTrue(json.get("devices").get(0).get("default").asBoolean());
        assertTrue(CommandRun.of("devices").output().contains("reference  "));
    }

    @Test
    void aRuntimeThatIsNotThereIsSaidToBeAbsent() {
        CommandRun.of("devices", "--runtime", "tornadovm")
                .assertFails(1, "no TornadoVM SDK: TORNADOVM_HOME is not set");
        String embedded = CommandRun.of("devices", "--runtime", "embedded").output();
        String both = CommandRun.of("devices").output();
        assertTrue(
                both.startsWith(embedded + "tornadovm: no device: no TornadoVM SDK: TORNADOVM_HOME is not set"), both);
    }

    @Test
    void completionIsAScriptForAllCommands() {
        String script = CommandRun.of("completion").output();
        assertTrue(script.startsWith("#!"), script);
        assertTrue(script.contains("detokenize"), script);
    }

    /** What a pipe does when nobody reads it any more, and a full disk. */
    private static CommandRun runWithFailingOutput(String reason) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), out, err, () -> false);
        int status = new Application(console, new Interruption()).run("devices");
        return new CommandRun(status, "", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aReaderThatIsGoneEndsTheCommandQuietly() {
        CommandRun run = runWithFailingOutput("Broken pipe");
        assertEquals("", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        runWithFailingOutput("No space left on device")
                .assertFails(1, "standard output: cannot be written: No space left on device");
    }
}
