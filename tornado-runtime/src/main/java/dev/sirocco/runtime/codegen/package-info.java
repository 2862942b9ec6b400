/**
 * From IR to what a device's own compiler takes.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.codegen.LlvmEmitter}, which writes LLVM IR. What differs between kinds of
 * device — how work-items come about, where arrays lie, how a function is entered — is a {@link
 * dev.sirocco.runtime.codegen.Target}; arithmetic, memory and control flow are the same for all.
 *
 * <p>Invariants: the text depends on nothing but the function, the {@link dev.sirocco.runtime.codegen.Launch} and the
 * target, so equal inputs give equal text (code caches rely on it); and no arithmetic of a kernel can trap.
 *
 * <p>What stays out: running LLVM, the host's addresses, and anything that would make the text differ from one
 * process to the next.
 */
package dev.sirocco.runtime.codegen;
