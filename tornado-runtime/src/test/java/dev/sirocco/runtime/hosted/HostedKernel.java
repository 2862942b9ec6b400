package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A kernel that the host runs. */
public final class HostedKernel {
    private final WorkItems items;
    private final MemorySegment code;
    private final Groups groups;
    private final boolean barriers;

    HostedKernel(WorkItems items, MemorySegment code, Groups groups, boolean barriers) {
        this.items = items;
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
            items.run(code, table, groups, barriers);
        }
    }
}
