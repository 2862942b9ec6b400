package dev.sirocco.cli;

import java.util.Locale;

/** Says on standard error, if that is a terminal, how far a measurement is, and how long the rest will take. */
final class WindowProgress implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final Console console;
    private final int total;
    private final boolean shown;
    private final long start = System.nanoTime();

    WindowProgress(Console console, int total) {
        this.console = console;
        this.total = total;
        this.shown = console.errIsTerminal();
    }

    /** @param soFar the estimate from what is done */
    void show(int done, double soFar) {
        if (shown) {
            double seconds = (System.nanoTime() - start) / NANOS * (total - done) / done;
            console.notePart(String.format(
                    Locale.ROOT,
                    "%ssirocco: chunk %d of %d, perplexity so far %.4f, %d:%02d to go",
                    Console.ERASE_LINE,
                    done,
                    total,
                    soFar,
                    (long) seconds / 60,
                    (long) seconds % 60));
        }
    }

    @Override
    public void close() {
        if (shown) {
            console.notePart(Console.ERASE_LINE);
        }
    }
}
