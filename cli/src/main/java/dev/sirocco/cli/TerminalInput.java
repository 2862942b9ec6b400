package dev.sirocco.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/** A person at a terminal: lines can be edited, and those of earlier times come back. Owns the terminal. */
final class TerminalInput implements ChatInput {
    /** What nearly all terminals are at least, for one that does not say: with no columns nothing could be shown. */
    private static final Size USUAL_SIZE = new Size(80, 24);

    /** What the arrow keys of a terminal send that does not change them for programs, as terminfo expects. */
    private static final Map<Capability, String> PLAIN_ARROWS = Map.of(
            Capability.key_up, "\033[A",
            Capability.key_down, "\033[B",
            Capability.key_right, "\033[C",
            Capability.key_left, "\033[D");

    private final Terminal terminal;
    private final LineReader reader;
    private final Console console;

    /** @param history the file in which lines are kept, or null for none */
    TerminalInput(Terminal terminal, Path history, Console console) {
        this.terminal = terminal;
        this.console = console;
        // What is typed is text: no character of it is an escape or a quotation mark.
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(null);
        parser.setQuoteChars(null);
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .build();
        if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
            terminal.setSize(USUAL_SIZE);
        }
        PLAIN_ARROWS.forEach(this::bindAsWell);
        if (history != null) {
            reader.setVariable(LineReader.HISTORY_FILE, history);
        }
    }

    private void bindAsWell(Capability arrow, String keys) {
        String known = KeyMap.key(terminal, arrow);
        if (known != null) {
            KeyMap<Binding> map = reader.getKeyMaps().get(LineReader.MAIN);
            map.bind(map.getBound(known), keys);
        }
    }

    /** {@return the process's own terminal} */
    static TerminalInput open(Console console) {
        try {
            // Not by running other programs: "test" on the path need not be what JLine takes it for.
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .jni(false)
                    .exec(false)
                    .build();
            return new TerminalInput(terminal, HistoryFile.prepare(console), console);
        } catch (IOException e) {
            throw new CommandFailure("the terminal cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> next(String prompt) {
        while (true) {
            try {
                return Optional.of(ContinuedLines.join(reader::readLine, prompt));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    console.note("sirocco: /exit or Ctrl-D ends the chat");
                }
            } catch (EndOfFileException _) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean isDialogue() {
        return true;
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, _ -> action.run());
    }

    @Override
    public void close() {
        try {
            reader.getHistory().save();
            terminal.close();
        } catch (IOException e) {
            console.note("sirocco: warning: the history of this chat could not be kept: " + e.getMessage());
        }
    }
}
