package dev.sirocco.runtime.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Prints what a launch costs beside its work. */
class LaunchOverheadTest {
    /** Work of a fixed length in time, so that the pool decides as it would for a kernel. */
    private static final class Busy extends Work {
        private final long nanosPerItem;
        private final AtomicLong done = new AtomicLong();

        private Busy(long items, long nanosPerItem) {
            super(items);
            this.nanosPerItem = nanosPerItem;
        }

        @Override
        void run(long begin, long end) {
            long until = System.nanoTime() + (end - begin) * nanosPerItem;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            done.getAndAdd(end - begin);
        }
    }

    private static double bestNanos(WorkerPool pool, Work work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long start = System.nanoTime();
            for (int launch = 0; launch < 300; launch++) {
                pool.run(work);
            }
            best = Math.min(best, (System.nanoTime() - start) / 300.0);
        }
        return best;
    }

    @Test
    void launchesCostLittle() {
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : new int[] {1, processors}) {
            WorkerPool pool = new WorkerPool(threads);
            for (long micros : new long[] {0, 2, 5, 10, 20, 50, 200}) {
                Busy work = new Busy(1000, micros);
                double nanos = bestNanos(pool, work);
                System.out.printf("%d threads, %d us of work: %.2f us a launch%n", threads, micros, nanos / 1000);
                assertTrue(nanos < 1000 * micros + 1_000_000, () -> nanos + " ns a launch");
            }
        }
    }
}
