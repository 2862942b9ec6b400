package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Type.Space;

/** What one kind of device wants its LLVM IR to look like. */
public sealed interface Target permits HostTarget, GroupTarget {
    /** {@return the target triple, or empty to leave it to the compiler} */
    String triple();

    /** {@return LLVM's data layout, or empty to leave it to the compiler} */
    String dataLayout();

    /** {@return the pointer type of a space} */
    String pointer(Space space);

    /** {@return how mathematical functions and conversions are spelled} */
    Dialect dialect();

    /** {@return the name of the function that a kernel becomes} */
    String symbol(Function function);

    /** {@return how dot products of bytes are computed} */
    DotUnit dotUnit();

    /** {@return whether a kernel asks for memory before it is read, see {@link dev.sirocco.runtime.pass.ReadAhead}} */
    default boolean readsAhead() {
        return false;
    }

    /** {@return a function with what is done among work-items that run in step, where the device has such} */
    default WarpReductions reductions(Function function, Launch launch) {
        return WarpReductions.none(function);
    }

    /** {@return whether loops are unrolled for private arrays to be registers, see {@link RegisterArrays}} */
    default boolean unrollsForArrays() {
        return false;
    }

    /**
     * {@return the frame around a kernel's blocks}
     *
     * @throws dev.sirocco.runtime.ir.KernelException when the device cannot run such a kernel
     */
    Frame frame(Function function, Launch launch);
}
