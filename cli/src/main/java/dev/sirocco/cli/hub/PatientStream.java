package dev.sirocco.cli.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream from the network whose reads fail when nothing arrives for a while: HTTP's client waits for ever. */
final class PatientStream extends FilterInputStream {
    private final Thread watcher;
    private final Duration patience;
    private volatile long lastArrival = System.nanoTime();
    private volatile boolean gaveUp;

    PatientStream(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
        watcher = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        try {
            long left = patience.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = lastArrival + patience.toNanos() - System.nanoTime();
            }
            gaveUp = true;
            in.close();
        } catch (InterruptedException _) {
            // Closed in time.
        } catch (IOException _) {
            // The read that waits will say so.
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            int count = in.read(to, offset, length);
            if (count < 0 && gaveUp) {
                throw new IOException("nothing arrived");
            }
            lastArrival = System.nanoTime();
            return count;
        } catch (IOException e) {
            throw gaveUp ? new IOException("nothing arrived for " + patience.toSeconds() + " s", e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        watcher.interrupt();
        super.close();
    }
}
