package dev.sirocco.cli;

import dev.sirocco.cli.sdk.StandardOutput;
import dev.sirocco.model.loading.TornadoVmSdk;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * The three standard streams, in UTF-8 whatever the locale. Standard output is buffered until {@link #flush()};
 * standard error is written line by line.
 */
final class Console {
    /** Makes what stands in the terminal's line disappear. */
    static final String ERASE_LINE = "\r\u001b[K";

    private final InputStream in;
    private final Output out;
    private final PrintWriter err;
    private final BooleanSupplier errIsTerminal;
    private volatile boolean lineIsOpen;

    /**
     * @param errIsTerminal whether a person reads standard error; asked only when it matters
     */
    Console(InputStream in, OutputStream out, OutputStream err, BooleanSupplier errIsTerminal) {
        this.in = in;
        this.out = new Output(out);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.errIsTerminal = errIsTerminal;
    }

    static Console ofProcess() {
        return new Console(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                TornadoVmSdk.isRuntime() ? StandardOutput.takeFromNatives() : new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminal::isStandardError);
    }

    /** {@return standard output; its writes fail with {@link OutputFailure}} */
    Writer out() {
        return out;
    }

    /**
     * Writes to standard output.
     *
     * @throws OutputFailure when it cannot be written
     */
    void print(String text) {
        out.write(text);
    }

    /** Writes a line to standard output; see {@link #print}. */
    void println(String line) {
        out.write(line);
        out.write('\n');
    }

    /** Makes everything printed so far visible; see {@link #print}. */
    void flush() {
        out.flush();
    }

    /** Writes a line to standard error. */
    void note(String line) {
        err.println(line);
    }

    /** Writes part of a line to standard error. */
    void notePart(String text) {
        err.print(text);
        err.flush();
        lineIsOpen = !text.endsWith("\n") && !text.endsWith(ERASE_LINE);
    }

    /** Ends the line on standard error of which a part was written, so that what others write begins one. */
    void endLine() {
        if (lineIsOpen) {
            notePart("\n");
        }
    }

    boolean errIsTerminal() {
        return errIsTerminal.getAsBoolean();
    }

    /**
     * {@return standard input to its end; bytes that are no UTF-8 become U+FFFD}
     *
     * @throws CommandFailure when it cannot be read
     */
    String readInput() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure("standard input: cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * {@return the next line of standard input without its line break, null at its end; bytes that are no UTF-8 become
     * U+FFFD}
     *
     * @throws CommandFailure when it cannot be read
     */
    String readLine() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
            String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new CommandFailure("standard input: cannot be read: " + e.getMessage(), e);
        }
    }

    /** A writer whose failures are unchecked and know what failed. */
    private static final class Output extends Writer {
        private final BufferedWriter writer;

        Output(OutputStream out) {
            writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
        }

        @Override
        public void write(int c) {
            try {
                writer.write(c);
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }

        @Override
        public void write(String text) {
            try {
                writer.write(text);
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }

        @Override
        public void write(String text, int from, int length) {
            try {
                writer.write(text, from, length);
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }

        @Override
        public void write(char[] chars, int from, int length) {
            try {
                writer.write(chars, from, length);
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }

        @Override
        public void flush() {
            try {
                writer.flush();
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }

        /** Flushes: the stream beneath belongs to the process. */
        @Override
        public void close() {
            flush();
        }
    }
}
