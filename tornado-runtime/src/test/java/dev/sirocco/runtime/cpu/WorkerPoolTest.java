package dev.sirocco.runtime.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
    /** Counts how often each work-item runs. */
    private static final class Counting extends Work {
        private final AtomicIntegerArray runs;

        private Counting(int items) {
            super(items);
            runs = new AtomicIntegerArray(items);
        }

        @Override
        void run(long begin, long end) {
            assertTrue(begin < end, begin + " to " + end);
            for (long i = begin; i < end; i++) {
                runs.getAndIncrement((int) i);
            }
        }

        private void assertEach(int times) {
            for (int i = 0; i < runs.length(); i++) {
                assertEquals(times, runs.get(i), "work-item " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyWorkItemRunsOnce(int threads) {
        WorkerPool pool = new WorkerPool(threads);
        for (int items : new int[] {0, 1, 2, 3, 63, 64, 65, 129, 1000, 4099, 100_003}) {
            Counting work = new Counting(items);
            for (int launch = 1; launch <= 20; launch++) {
                pool.run(work);
                work.assertEach(launch);
            }
        }
    }

    @Test
    void launchesFromSeveralThreadsDoNotMix() throws InterruptedException {
        WorkerPool pool = new WorkerPool(3);
        List<Counting> works = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        AtomicLong failures = new AtomicLong();
        for (int caller = 0; caller < 4; caller++) {
            Counting work = new Counting(501 + caller);
            works.add(work);
            callers.add(Thread.ofPlatform().start(() -> {
                for (int launch = 1; launch <= 500; launch++) {
                    pool.run(work);
                    if (work.runs.get(launch) != launch) {
                        failures.getAndIncrement();
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(0, failures.get());
        works.forEach(work -> work.assertEach(500));
    }

    @Test
    void workersComeBackAfterTheyParked() {
        WorkerPool pool = new WorkerPool(4);
        Random random = new Random(1);
        Counting work = new Counting(10_000);
        for (int launch = 1; launch <= 60; launch++) {
            pool.run(work);
            work.assertEach(launch);
            LockSupport.parkNanos(random.nextInt(400_000));
        }
    }

    @Test
    void severalThreadsTakePartInLongWork() {
        WorkerPool pool = new WorkerPool(2);
        AtomicIntegerArray byCaller = new AtomicIntegerArray(2);
        Thread caller = Thread.currentThread();
        Work work = new Work(64) {
            @Override
            void run(long begin, long end) {
                byCaller.getAndAdd(Thread.currentThread() == caller ? 1 : 0, (int) (end - begin));
                LockSupport.parkNanos(2_000_000);
            }
        };
        pool.run(work);
        assertEquals(64, byCaller.get(0) + byCaller.get(1));
        assertTrue(byCaller.get(0) > 0 && byCaller.get(1) > 0, byCaller::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAThreadThrowsReachesTheCaller(boolean inWorker) {
        WorkerPool pool = new WorkerPool(2);
        Thread caller = Thread.currentThread();
        Work failing = new Work(640) {
            @Override
            void run(long begin, long end) {
                LockSupport.parkNanos(1_000_000);
                if ((Thread.currentThread() != caller) == inWorker) {
                    throw new ArithmeticException("at work");
                }
            }
        };
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> pool.run(failing));
        assertTrue(thrown.getMessage().contains("at work"), thrown::getMessage);
        Counting next = new Counting(1000);
        pool.run(next);
        next.assertEach(1);
    }
}
