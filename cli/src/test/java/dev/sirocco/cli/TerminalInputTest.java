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
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        return terminal("dumb", keys);
    }

    private static Terminal terminal(String type, String keys) throws IOException {
        return new DumbTerminal(
                "test",
                type,
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

    @ParameterizedTest
    @ValueSource(strings = {"\033O", "\033["})
    void arrowKeysBringLinesBackWhateverTheTerminalSendsForThem(String arrow) throws IOException {
        String keys =
                "one\ntwo\n" + arrow + "A" + arrow + "A\n" + arrow + "A" + arrow + "A" + arrow + "B" + arrow + "D-\n";
        try (TerminalInput input = new TerminalInput(terminal("xterm", keys), null, console())) {
            assertEquals(Optional.of("one"), input.next("> "));
            assertEquals(Optional.of("two"), input.next("> "));
            assertEquals(Optional.of("one"), input.next("> "));
            assertEquals(Optional.of("on-e"), input.next("> "));
        }
    }

    @Test
    void aTerminalThatDoesNotSayItsSizeShowsWhatIsTyped() throws IOException {
        Terminal terminal = terminal("xterm", "one\n");
        terminal.setSize(new Size(0, 0));
        try (TerminalInput _ = new TerminalInput(terminal, null, console())) {
            assertEquals(new Size(80, 24), terminal.getSize());
        }
        terminal = terminal("xterm", "");
        terminal.setSize(new Size(132, 50));
        try (TerminalInput _ = new TerminalInput(terminal, null, console())) {
            assertEquals(new Size(132, 50), terminal.getSize());
        }
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
