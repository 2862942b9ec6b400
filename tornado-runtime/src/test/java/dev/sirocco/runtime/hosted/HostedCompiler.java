package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.ir.Function;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Makes of a kernel what the host can run. */
@FunctionalInterface
public interface HostedCompiler {
    /** A kernel with the groups that it is launched in. */
    @FunctionalInterface
    interface Code {
        /** Runs all work-items over arrays in the order of the kernel's array parameters. */
        void run(List<MemorySegment> arrays);
    }

    /** {@return a kernel that can be run} */
    Code compile(Function function, Launch launch);
}
