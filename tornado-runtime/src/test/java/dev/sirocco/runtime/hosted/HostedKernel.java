package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A kernel that the host runs. */
public final class HostedKernel implements HostedCompiler.Code {
    private final MemorySegment code;
    private final Groups groups;
    private final boolean barriers;

    HostedKernel(MemorySegment code, Groups groups, boolean barriers) {
        this.code = code;
        this.groups = groups;
        this.barriers = barriers;
    }

    @Override
    public void run(List<MemorySegment> arrays) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate(ValueLayout.ADDRESS, Math.max(1, arrays.size()));
            for (int i = 0; i < arrays.size(); i++) {
                table.setAtIndex(ValueLayout.ADDRESS, i, arrays.get(i));
            }
            NativeItems.get().run(code, table, groups, barriers);
        }
    }
}
