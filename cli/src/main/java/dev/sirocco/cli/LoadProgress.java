package dev.sirocco.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says on standard error, if that is a terminal, that something takes longer than a second, and for how long it has
 * been going on. The line is gone when it is closed.
 */
final class LoadProgress implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1000;

    private final Console console;
    private final String activity;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread ticker;

    /** @param activity such as {@code loading model.gguf} */
    LoadProgress(Console console, String activity) {
        this.console = console;
        this.activity = Printable.oneLine(activity);
        ticker = Thread.ofPlatform().daemon().name("progress").start(this::tick);
    }

    private void tick() {
        boolean shown = false;
        try {
            for (int seconds = 1; !ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS); seconds++) {
                if (!shown && !console.errIsTerminal()) {
                    return;
                }
                console.notePart(Console.ERASE_LINE + "sirocco: " + activity + " … " + seconds + " s");
                shown = true;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (shown) {
            console.notePart(Console.ERASE_LINE);
        }
    }

    @Override
    public void close() {
        ended.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                ticker.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
