package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.llvm.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A kernel that runs work-item by work-item; where there are barriers, a group's items are threads. */
public final class HostedKernel {
    private final MemorySegment code;
    private final Groups groups;
    private final boolean barriers;

    HostedKernel(MemorySegment code, Groups groups, boolean barriers) {
        this.code = code;
        this.groups = groups;
        this.barriers = barriers;
    }

    /** Runs all work-items over arrays in the order of the kernel's array parameters. */
    public void run(List<MemorySegment> arrays) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate(ValueLayout.ADDRESS, Math.max(1, arrays.size()));
            for (int i = 0; i < arrays.size(); i++) {
                table.setAtIndex(ValueLayout.ADDRESS, i, arrays.get(i));
            }
            int items = Math.toIntExact(groups.items());
            if (!barriers) {
                runItems(table.address(), new HostedGroup(1), 0, items);
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
                        .start(() -> runItems(table.address(), group, only, only + 1)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (failure.get() != null) {
                throw new AssertionError(failure.get());
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Runs some items of every group, one group after the other. */
    private void runItems(long table, HostedGroup group, int first, int end) {
        for (long z = 0; z < groups.counts().get(2); z++) {
            for (long y = 0; y < groups.counts().get(1); y++) {
                for (long x = 0; x < groups.counts().get(0); x++) {
                    for (int item = first; item < end; item++) {
                        group.enter(groups, new long[] {x, y, z}, item);
                        NativeCall.call(code, table, HostedGroup.FUNCTIONS.address(), 0);
                    }
                    group.await();
                }
            }
        }
    }
}
