package dev.sirocco.runtime.opencl;

import java.util.List;

/**
 * Where a kernel's code is.
 *
 * @param program the {@code cl_program} that has it, built
 * @param symbol  its name there
 * @param sizes   what it is given behind its arrays
 * @param group   the size of its groups, which tiles the range as the launch's does; empty where it is the launch's
 */
record CompiledKernel(long program, String symbol, List<Integer> sizes, List<Long> group) {
    CompiledKernel {
        sizes = List.copyOf(sizes);
        group = List.copyOf(group);
    }

    /** A kernel whose text is the task's own. */
    CompiledKernel(long program, String symbol) {
        this(program, symbol, List.of(), List.of());
    }
}
