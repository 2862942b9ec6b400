package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;

/**
 * A device that runs work-items in groups. A kernel becomes an entry point whose parameters are the addresses of its
 * array parameters' first elements in device memory, in order and without gaps for others; the device tells each
 * work-item which one it is.
 */
public sealed interface GroupTarget extends Target permits PtxTarget, SpirvTarget {
    /** Every array of a plan has device memory of its own, which begins at a multiple of this. */
    int ARRAY_ALIGNMENT = 16;

    @Override
    default String dataLayout() {
        return "";
    }

    @Override
    default String pointer(Space space) {
        return switch (space) {
            case GLOBAL -> "ptr addrspace(1)";
            case LOCAL -> "ptr addrspace(3)";
            case PRIVATE -> "ptr";
        };
    }

    /** Names of PTX have no dots. */
    @Override
    default String symbol(Function function) {
        return Names.kernel(function).replace('.', '_');
    }

    @Override
    default Frame frame(Function function, Launch launch) {
        return new GroupFrame(function, launch, this);
    }

    /** {@return LLVM's calling convention of kernels} */
    String convention();

    /** {@return bytes of local arrays that a kernel may have} */
    int maxLocalBytes();

    /** {@return work-items that a group may have} */
    int maxGroupSize();

    /**
     * {@return whether an {@code @Parallel} nest is launched as one row of groups of {@link Groups#LOOP_SIZE} items}
     * Else its innermost loop is the x of a grid, the next y, and sizes may be rounded up.
     */
    boolean flattensLoops();

    /** Writes what finds a work-item's place in its group. {@return the operand, i32} */
    String localId(ModuleText text, int axis, Groups groups);

    /** Writes what finds a group's place. {@return the operand, i32} */
    String groupId(ModuleText text, int axis, Groups groups);

    /** Writes what finds a work-item's place in the grid. {@return the operand, i32} */
    String globalId(ModuleText text, int axis, Groups groups);

    /**
     * Writes a barrier.
     *
     * @param groupItems how many work-items wait for each other
     */
    void barrier(ModuleText text, Space space, long groupItems);

    /**
     * Writes a barrier that ends an iteration of a reduction, see {@link TreeReductions}.
     *
     * @param stride the operand that holds the iteration's stride, i32
     */
    default void barrier(ModuleText text, Space space, Groups groups, String stride) {
        barrier(text, space, groups.items());
    }

    /** {@return what stands after a kernel's parameters: attributes and metadata} */
    String attributes(ModuleText text, Launch launch);

    /** Writes what stands after a kernel. */
    void annotate(ModuleText text, String symbol, Groups groups);

    /** {@return why an operation cannot be had and what to write instead, or null when it can} */
    String refusal(Op op, Groups groups);
}
