package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;

/** The function or functions around a kernel's blocks: how a device enters it and how work-items come about. */
sealed interface Frame permits HostFrame, GroupFrame {
    /** Writes everything before the kernel's blocks, up to and without the jump to the first. */
    void open(ModuleText text);

    /** {@return the operand that holds an id; the same for every use} */
    String id(Op.ThreadId id);

    /** {@return the operand that addresses a private or local array} */
    String array(Op.NewArray array, int value);

    /** {@return the alignment of argument arrays, where it is more than an element's, else 1} */
    int arrayAlignment();

    /** {@return what is attached to accesses of argument arrays, with a comma before it, or empty} */
    String accessNote();

    /** Writes what makes a work-group wait for all its items and orders their accesses to a space. */
    void barrier(ModuleText text, Space space);

    /**
     * Writes a barrier that ends an iteration of a reduction, see {@link TreeReductions}.
     *
     * @param stride the operand that holds the iteration's stride, i32
     */
    default void barrier(ModuleText text, Space space, String stride) {
        barrier(text, space);
    }

    /** {@return the instruction that ends a work-item} */
    String leave();

    /** Writes everything after the kernel's blocks. */
    void close(ModuleText text);
}
