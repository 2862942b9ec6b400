package dev.sirocco.runtime.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that run one launch at a time, made for launches of a few microseconds, hundreds of them one after the other.
 *
 * <p>A launch is published in one word: its number, whether it is open, and how many workers are inside. The caller
 * opens it and takes chunks of work-items until there are none; a worker that sees an open launch enters and does the
 * same. Each thread begins with its own share of the work-items, which is the same in every launch, so that it finds
 * its data in its cache, and then takes from the others' shares. At the end the caller closes the launch and waits for
 * the workers inside. A worker that comes too late
 * finds it closed: the caller never waits for a thread to wake up. Between launches workers spin for a short
 * while, then park; the caller wakes them only for work that is worth it.
 */
final class WorkerPool {
    /** The count of workers inside has 16 bits. */
    static final int MAX_THREADS = 1 << 12;

    /** Work that one thread finishes in this time is done by the caller alone. */
    private static final double ALONE_NANOS = 4_000;

    /** Parked workers are woken for work of at least this time, in one launch or in several. */
    private static final double WAKE_NANOS = 25_000;

    /** A chunk takes at least this long, so that taking it costs little beside it. */
    private static final double CHUNK_NANOS = 2_000;

    /** Chunks for each thread of a long launch: a thread that is disturbed leaves the rest to others. */
    private static final int CHUNKS_PER_THREAD = 8;

    /** Chunk sizes are multiples of this, where that leaves a chunk for every thread. */
    private static final long CHUNK_MULTIPLE = 64;

    private static final long SPIN_NANOS = 100_000;
    private static final int SPINS_PER_CLOCK = 32;
    private static final int SPINS_BEFORE_YIELD = 4_096;

    private static final long OPEN = 1L << 16;
    private static final long INSIDE = OPEN - 1;
    private static final int NUMBER_SHIFT = 17;

    /** Words that different threads write, on cache lines of their own: the state, and where each share stands. */
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int WORDS_APART = 16;
    private static final int STATE = WORDS_APART;
    private static final int FIRST_SHARE = 2 * WORDS_APART;
    private final long[] words;

    private final Worker[] workers;
    private final ReentrantLock launching = new ReentrantLock();
    private Work work;
    private long chunk;
    private double nanosWithoutWaking;
    private volatile Throwable failure;

    /**
     * @param threads how many threads run a launch, the caller included
     */
    WorkerPool(int threads) {
        this.workers = new Worker[threads - 1];
        this.words = new long[FIRST_SHARE + threads * WORDS_APART];
    }

    int threads() {
        return workers.length + 1;
    }

    /** Runs all work-items. Returns when they are done; throws what a thread threw. */
    void run(Work job) {
        if (job.items() == 0) {
            return;
        }
        if (workers.length == 0 || job.items() == 1 || job.nanosAlone() < ALONE_NANOS) {
            long start = System.nanoTime();
            job.run(0, job.items());
            job.measured(job.items(), System.nanoTime() - start);
            return;
        }
        launching.lock();
        try {
            runTogether(job);
        } finally {
            launching.unlock();
        }
    }

    private void runTogether(Work job) {
        startWorkers();
        work = job;
        chunk = chunkSize(job);
        failure = null;
        for (int thread = 0; thread < threads(); thread++) {
            WORD.setOpaque(words, next(thread), shareStart(thread));
        }
        long number = ((long) WORD.getOpaque(words, STATE) >>> NUMBER_SHIFT) + 1;
        WORD.setVolatile(words, STATE, number << NUMBER_SHIFT | OPEN);
        nanosWithoutWaking += job.nanosAlone();
        if (nanosWithoutWaking >= WAKE_NANOS) {
            nanosWithoutWaking = 0;
            wakeWorkers();
        }
        try {
            long start = System.nanoTime();
            long done = takeChunks(0);
            job.measured(done, System.nanoTime() - start);
        } finally {
            WORD.getAndAdd(words, STATE, -OPEN);
            awaitWorkers();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a worker thread failed: " + thrown, thrown);
        }
    }

    private long chunkSize(Work job) {
        long share = Math.ceilDiv(job.items(), (long) threads() * CHUNKS_PER_THREAD);
        double nanosPerItem = job.nanosAlone() / job.items();
        long worthwhile = (long) Math.min(job.items(), Math.ceil(CHUNK_NANOS / nanosPerItem));
        long size = Math.max(1, Math.max(share, Math.min(worthwhile, Math.ceilDiv(job.items(), (long) threads()))));
        long rounded = Math.ceilDiv(size, CHUNK_MULTIPLE) * CHUNK_MULTIPLE;
        return rounded * threads() <= job.items() ? rounded : size;
    }

    private static int next(int thread) {
        return FIRST_SHARE + thread * WORDS_APART;
    }

    /** {@return the first work-item of a thread's share, a multiple of the chunk} */
    private long shareStart(int thread) {
        long chunks = Math.ceilDiv(work.items(), chunk);
        return Math.min(work.items(), chunks * thread / threads() * chunk);
    }

    /** Takes from this thread's share, then from those of the others. {@return how many work-items it ran} */
    private long takeChunks(int thread) {
        long size = chunk;
        long done = 0;
        for (int i = 0; i < threads(); i++) {
            int share = (thread + i) % threads();
            int next = next(share);
            long end = shareStart(share + 1);
            while ((long) WORD.getOpaque(words, next) < end) {
                long begin = (long) WORD.getAndAdd(words, next, size);
                if (begin >= end) {
                    break;
                }
                long limit = Math.min(end, begin + size);
                work.run(begin, limit);
                done += limit - begin;
            }
        }
        return done;
    }

    private void awaitWorkers() {
        int spins = 0;
        while (((long) WORD.getAcquire(words, STATE) & INSIDE) != 0) {
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void startWorkers() {
        for (int i = 0; i < workers.length; i++) {
            if (workers[i] == null) {
                Worker worker = new Worker(i + 1);
                worker.thread.start();
                workers[i] = worker;
            }
        }
    }

    private void wakeWorkers() {
        for (Worker worker : workers) {
            if (worker.parked) {
                LockSupport.unpark(worker.thread);
            }
        }
    }

    /** One thread of the pool and where it stands. */
    private final class Worker implements Runnable {
        private final int index;
        private final Thread thread;
        private volatile boolean parked;

        private Worker(int index) {
            this.index = index;
            this.thread =
                    Thread.ofPlatform().name("sirocco-cpu-" + index).daemon().unstarted(this);
        }

        @Override
        public void run() {
            long last = 0;
            while (true) {
                long state = await(last);
                if (WORD.compareAndSet(words, STATE, state, state + 1)) {
                    last = state >>> NUMBER_SHIFT;
                    try {
                        takeChunks(index);
                    } catch (Throwable thrown) {
                        failure = thrown;
                    } finally {
                        WORD.getAndAdd(words, STATE, -1L);
                    }
                }
            }
        }

        /** {@return the state of an open launch other than {@code last}} */
        private long await(long last) {
            long deadline = 0;
            int spins = 0;
            while (true) {
                long state = (long) WORD.getAcquire(words, STATE);
                if (state >>> NUMBER_SHIFT != last && (state & OPEN) != 0) {
                    return state;
                }
                Thread.onSpinWait();
                if (++spins % SPINS_PER_CLOCK == 0) {
                    long now = System.nanoTime();
                    if (deadline == 0) {
                        deadline = now + SPIN_NANOS;
                    } else if (now - deadline > 0) {
                        park(last);
                        deadline = 0;
                    }
                }
            }
        }

        /** Parks, unless a launch was opened before {@code parked} could be seen. */
        private void park(long last) {
            parked = true;
            long state = (long) WORD.getVolatile(words, STATE);
            if (state >>> NUMBER_SHIFT == last || (state & OPEN) == 0) {
                LockSupport.park(WorkerPool.this);
            }
            parked = false;
        }
    }
}
