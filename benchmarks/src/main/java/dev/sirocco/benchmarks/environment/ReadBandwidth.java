package dev.sirocco.benchmarks.environment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast main memory can be read by all threads together, each adding up a part of its own. */
public final class ReadBandwidth implements AutoCloseable {
    private static final long PAGE = 4096;
    private static final long PIECE = 16 * PAGE;

    /** Eight bytes of 1. */
    private static final long WORD = 0x0101_0101_0101_0101L;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> parts = new ArrayList<>();
    private final ExecutorService pool;

    /**
     * Allocates and touches the memory, each part by a thread of the pool.
     *
     * @param threads   that read
     * @param sizeBytes of all parts together; several times the last-level cache
     */
    public ReadBandwidth(int threads, long sizeBytes) {
        long partBytes = sizeBytes / threads / PAGE * PAGE;
        if (threads < 1 || partBytes == 0) {
            throw new IllegalArgumentException(threads + " threads cannot share " + sizeBytes + " bytes");
        }
        pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            parts.add(arena.allocate(partBytes, PAGE));
        }
        // Memory that was never written is one shared page of zeros, which would be read from the cache.
        inParallel(part -> part.fill((byte) 1));
    }

    /** {@return 10^9 bytes a second: the best of some passes, since anything else on the machine only slows it} */
    public double measure(int passes) {
        double best = 0;
        for (int pass = 0; pass < passes; pass++) {
            long begin = System.nanoTime();
            inParallel(ReadBandwidth::readAll);
            long nanos = System.nanoTime() - begin;
            long bytes = parts.stream().mapToLong(MemorySegment::byteSize).sum();
            best = Math.max(best, (double) bytes / nanos);
        }
        return best;
    }

    private static void readAll(MemorySegment part) {
        long sum = 0;
        // In pieces, so that the loop over one is called often enough to be compiled.
        for (long at = 0; at < part.byteSize(); at += PIECE) {
            sum += sum(part, at, Math.min(at + PIECE, part.byteSize()));
        }
        if (sum != part.byteSize() / Long.BYTES * WORD) {
            throw new IllegalStateException("memory changed while it was read");
        }
    }

    /** The compiler turns this loop into vector additions. */
    private static long sum(MemorySegment part, long begin, long end) {
        long sum = 0;
        for (long at = begin; at < end; at += Long.BYTES) {
            sum += part.get(ValueLayout.JAVA_LONG, at);
        }
        return sum;
    }

    private interface Pass {
        void over(MemorySegment part);
    }

    private void inParallel(Pass pass) {
        List<Callable<Void>> work = new ArrayList<>();
        for (MemorySegment part : parts) {
            work.add(() -> {
                pass.over(part);
                return null;
            });
        }
        try {
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading memory failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading memory", e);
        }
    }

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
