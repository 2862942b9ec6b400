package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A command that was run in this process, with its streams captured. */
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... arguments) {
        return withInput("", arguments);
    }

    static CommandRun withInput(String input, String... arguments) {
        return of(input, false, new Interruption(), arguments);
    }

    /** @param terminal whether standard error passes for one */
    static CommandRun of(String input, boolean terminal, Interruption interruption, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err, () -> terminal);
        int status = new Application(console, interruption).run(arguments);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@return standard output of a command that must have succeeded without a word on standard error} */
    String output() {
        assertEquals("", err);
        assertEquals(0, status);
        return out;
    }

    /** {@return the one JSON value that a command that must have succeeded printed} */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(output());
        } catch (IOException e) {
            throw new AssertionError(out, e);
        }
    }

    /** Checks that the command failed with one line that begins like this, and nothing else. */
    void assertFails(int expectedStatus, String beginning) {
        assertFailsAfter("", expectedStatus, beginning);
    }

    /** Checks that the command printed this and then failed with one line that begins like that. */
    void assertFailsAfter(String expectedOut, int expectedStatus, String beginning) {
        assertTrue(err.startsWith("sirocco: " + beginning), err);
        assertEquals(1, err.lines().count(), err);
        assertFalse(err.contains("Exception"), err);
        assertEquals(expectedOut, out);
        assertEquals(expectedStatus, status);
    }
}
