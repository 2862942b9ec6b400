package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.StandIn;
import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.llvm.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Work-items that native code runs on the thread that calls: fibers where they meet at barriers. */
final class NativeItems {
    private static final int NO_MEMORY = -1;

    private static NativeItems instance;

    // long run_launch(entry *kernel, void **arrays, const long *counts, const long *sizes, int barriers)
    private final MemorySegment runLaunch;

    private NativeItems(SymbolLookup library) {
        this.runLaunch = library.findOrThrow("run_launch");
    }

    /** {@return what runs them} Skips the test, with the reason, without gcc. */
    @SuppressWarnings("restricted")
    static synchronized NativeItems get() {
        if (instance == null) {
            instance = new NativeItems(SymbolLookup.libraryLookup(StandIn.compile("workitems", "-O2"), Arena.global()));
        }
        return instance;
    }

    /**
     * Runs all of a launch.
     *
     * @param kernel   a function as {@link HostText} makes it
     * @param arrays   addresses of its arrays
     * @param barriers whether a group's items meet
     * @throws AssertionError when some items of a group end while others wait for them
     */
    void run(MemorySegment kernel, MemorySegment arrays, Groups groups, boolean barriers) {
        try (Arena arena = Arena.ofConfined()) {
            long status = NativeCall.call(
                    runLaunch,
                    kernel.address(),
                    arrays.address(),
                    longs(arena, groups.counts()),
                    longs(arena, groups.sizes()),
                    barriers ? 1 : 0,
                    0);
            if (status == NO_MEMORY) {
                throw new AssertionError("there is no memory for the stacks of " + groups.items() + " work-items");
            }
            if (status != 0) {
                throw new AssertionError(
                        status + " of " + groups.items() + " work-items wait at a barrier that the others never reach");
            }
        }
    }

    private static long longs(Arena arena, List<Long> values) {
        return arena.allocateFrom(
                        ValueLayout.JAVA_LONG,
                        values.stream().mapToLong(Long::longValue).toArray())
                .address();
    }
}
