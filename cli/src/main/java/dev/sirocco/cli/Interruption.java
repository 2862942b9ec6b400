package dev.sirocco.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The user's wish to stop. A command that has results worth keeping enters a {@link #graceful()} section and asks
 * {@link #requested()} now and then; any other command is stopped at once.
 *
 * <p>A signal starts the orderly end of the JVM, which waits for this class's hook, and the hook for the section; then
 * the JVM ends with 128 plus the signal's number, as shells expect: 130 after Ctrl-C.
 */
final class Interruption {
    /** Exit status of a command that was stopped by Ctrl-C. */
    static final int STATUS = 130;

    /** Longer than any one step of a large model takes. */
    private static final int PATIENCE_SECONDS = 20;

    private volatile boolean requested;
    private volatile CountDownLatch section = new CountDownLatch(0);
    private final Runnable last;

    /** One that nothing requests by itself. */
    Interruption() {
        this(() -> {});
    }

    private Interruption(Runnable last) {
        this.last = last;
    }

    /**
     * {@return one that SIGINT and SIGTERM request}
     *
     * @param last is done when the process ends
     */
    static Interruption bySignal(Runnable last) {
        Interruption interruption = new Interruption(last);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
        return interruption;
    }

    private void stop() {
        request();
        try {
            boolean ended = section.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("sirocco: the running step did not end in " + PATIENCE_SECONDS + " s; stopped");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        last.run();
    }

    void request() {
        requested = true;
    }

    boolean requested() {
        return requested;
    }

    /** {@return a section that is let finish; who opens it polls {@link #requested()} and writes out what there is} */
    Section graceful() {
        CountDownLatch latch = new CountDownLatch(1);
        section = latch;
        return latch::countDown;
    }

    /** See {@link #graceful()}. */
    interface Section extends AutoCloseable {
        @Override
        void close();
    }
}
