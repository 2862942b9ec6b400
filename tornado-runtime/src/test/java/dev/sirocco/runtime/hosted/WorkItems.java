package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import java.lang.foreign.MemorySegment;

/** A way to run the work-items of a launch. */
interface WorkItems {
    /**
     * Runs all of them.
     *
     * @param kernel   a function as {@link HostText} makes it
     * @param arrays   addresses of its arrays
     * @param barriers whether a group's items meet
     */
    void run(MemorySegment kernel, MemorySegment arrays, Groups groups, boolean barriers);
}
