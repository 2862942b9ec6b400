package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person's lines, on a terminal that is made of two streams. */
@Timeout(60)
final class TerminalInputTest {
    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private TerminalInput type(String keys, Path history) throws IOException {
        return new TerminalInput(terminal(keys), history, console());
    }

    private static Terminal terminal(String keys) throws IOException {
        return new DumbTerminal(
                "test",
                "dumb",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                StandardCharsets.UTF_8);
    }

    private Console console() {
        return new Console(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), notes, () -> true);
    }

    @Test
    void linesAreTextAndABackslashContinuesThem() throws IOException {
        try (TerminalInput input = type("it's \"é\" !!\nfirst \\\nsecond\n", null)) {
            assertTrue(input.isDialogue());
            assertEquals(Optional.of("it's \"é\" !!"), input.next("> "));
            assertEquals(Optional.of("first \nsecond"), input.next("> "));
            assertEquals(Optional.empty(), input.next("> "));
        }
    }

    @Test
    void whatWasTypedIsKeptForTheNextChat() throws IOException {
        Path history = folder.resolve("history");
        try (TerminalInput input = type("one\ntwo\n", history)) {
            input.next("> ");
            input.next("> ");
        }
        String kept = Files.readString(history);
        assertTrue(kept.contains("one") && kept.contains("two"), kept);
    }

    @Test
    void anInterruptWhileAnsweringIsPassedOn() throws IOException {
        Terminal terminal = terminal("");
        AtomicInteger interrupts = new AtomicInteger();
        try (TerminalInput input = new TerminalInput(terminal, null, console())) {
            input.onInterrupt(interrupts::incrementAndGet);
            terminal.raise(Terminal.Signal.INT);
            assertEquals(1, interrupts.get());
        }
    }
}
