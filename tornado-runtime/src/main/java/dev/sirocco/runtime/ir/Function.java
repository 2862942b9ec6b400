package dev.sirocco.runtime.ir;

import java.util.List;

/**
 * A kernel, or a helper before it is inlined.
 *
 * @param name          the Java method's name
 * @param declaredIn    the class, as written in source, for messages
 * @param parameters    values of the Java parameters in order
 * @param blocks        the first is the entry
 * @param parallelLoops induction variables of the {@code @Parallel} loops, outermost first; empty once mapped to ids
 * @param domain        how many work-items in each dimension, outermost loop first; empty before the loops are mapped
 *                      and for kernels that take their grid from a GridScheduler
 */
public record Function(
        String name,
        String declaredIn,
        List<Value> parameters,
        List<Block> blocks,
        List<Value> parallelLoops,
        List<Long> domain) {
    public Function {
        parameters = List.copyOf(parameters);
        blocks = List.copyOf(blocks);
        parallelLoops = List.copyOf(parallelLoops);
        domain = List.copyOf(domain);
    }

    /** {@return this function with another body} */
    public Function withBlocks(List<Block> replacement) {
        return new Function(name, declaredIn, parameters, replacement, parallelLoops, domain);
    }

    /** {@return the block where execution begins} */
    public Block entry() {
        return blocks.getFirst();
    }

    /** {@return whether every iteration space comes from {@code @Parallel} loops rather than a GridScheduler} */
    public boolean isLoopParallel() {
        return !domain.isEmpty();
    }
}
