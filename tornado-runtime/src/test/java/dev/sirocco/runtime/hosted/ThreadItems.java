package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.llvm.NativeCall;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Work-items that ask Java for what their group and warp have; where they meet, each of a group's is a thread. */
final class ThreadItems implements WorkItems {
    @Override
    public void run(MemorySegment kernel, MemorySegment arrays, Groups groups, boolean barriers) {
        int items = Math.toIntExact(groups.items());
        if (!barriers) {
            run(kernel, arrays, groups, new HostedGroup(1), 0, items);
            return;
        }
        HostedGroup group = new HostedGroup(items);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            int only = item;
            threads.add(Thread.ofPlatform()
                    .stackSize(256 << 10)
                    .uncaughtExceptionHandler((_, thrown) -> failure.compareAndSet(null, thrown))
                    .start(() -> run(kernel, arrays, groups, group, only, only + 1)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    /** Runs some items of every group, one group after the other. */
    private static void run(
            MemorySegment kernel, MemorySegment arrays, Groups groups, HostedGroup group, int first, int end) {
        for (long z = 0; z < groups.counts().get(2); z++) {
            for (long y = 0; y < groups.counts().get(1); y++) {
                for (long x = 0; x < groups.counts().get(0); x++) {
                    for (int item = first; item < end; item++) {
                        group.enter(groups, new long[] {x, y, z}, item);
                        NativeCall.call(kernel, arrays.address(), HostedGroup.FUNCTIONS.address(), 0);
                    }
                    group.await();
                }
            }
        }
    }
}
