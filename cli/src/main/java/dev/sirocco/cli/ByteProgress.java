package dev.sirocco.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says on standard error, if that is a terminal, how far something is whose size in bytes is known, how fast it goes,
 * and how long it will take. The line is gone when it is closed.
 */
final class ByteProgress implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Console console;
    private final String activity;
    private final long total;
    private final long alreadyDone;
    private final AtomicLong done = new AtomicLong();
    private final long start = System.nanoTime();
    private final AtomicLong nextShown = new AtomicLong(start + PERIOD_NANOS);
    private volatile boolean shown;

    /**
     * @param activity    such as {@code quantizing model.gguf}
     * @param total       bytes in all
     * @param alreadyDone how many of them need not be done
     */
    ByteProgress(Console console, String activity, long total, long alreadyDone) {
        this.console = console;
        this.activity = Printable.oneLine(activity);
        this.total = total;
        this.alreadyDone = alreadyDone;
    }

    /** Tells that more bytes are done. */
    void advance(long bytes) {
        long now = System.nanoTime();
        long made = done.addAndGet(bytes);
        long due = nextShown.get();
        if (now - due >= 0 && nextShown.compareAndSet(due, now + PERIOD_NANOS) && console.errIsTerminal()) {
            shown = true;
            console.notePart(Console.ERASE_LINE + "sirocco: " + line(made, now - start));
        }
    }

    /** {@return what is shown after {@code nanos} in which {@code made} bytes were done} */
    String line(long made, long nanos) {
        double perSecond = made * 1e9 / Math.max(1, nanos);
        long left = (long) ((total - alreadyDone - made) / Math.max(1, perSecond));
        return String.format(
                Locale.ROOT,
                "%s … %d %%, %s of %s, %s/s, %s left",
                activity,
                total == 0 ? 100 : Math.min(100, (alreadyDone + made) * 100 / total),
                Printable.bytes(alreadyDone + made),
                Printable.bytes(total),
                Printable.bytes((long) perSecond),
                left >= 3600
                        ? String.format(Locale.ROOT, "%d:%02d h", left / 3600, left / 60 % 60)
                        : String.format(Locale.ROOT, "%d:%02d min", left / 60, left % 60));
    }

    @Override
    public void close() {
        if (shown) {
            console.notePart(Console.ERASE_LINE);
        }
    }
}
