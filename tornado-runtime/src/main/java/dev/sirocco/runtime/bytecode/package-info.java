/**
 * From Java bytecode to IR.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.bytecode.Lifter}. It reads a kernel's method with
 * {@code java.lang.classfile}, interprets its instructions over symbolic values, and inlines the static helpers that
 * it calls. Class files carry a stack map frame at every join of control flow; each frame becomes a block whose
 * parameters are the live locals and stack entries, so that no separate SSA construction is needed.
 *
 * <p>Everything that a kernel may call besides its own helpers stands in one table, {@link
 * dev.sirocco.runtime.bytecode.Intrinsics}. All else is refused with kernel, line and reason.
 */
package dev.sirocco.runtime.bytecode;
