/**
 * From a task to the code that a device's compiler is given.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.source.KernelCodes}, one for each target. Lifting a kernel and writing it
 * as code takes longer in a fresh virtual machine than loading what a compiler made of it before, so that the code is
 * kept as well.
 *
 * <p>Invariants: kept code is used only if all that it was made from is unchanged: this runtime, the target, what is
 * known of the arguments, and each class that the kernel's instructions come from. Else it is made again.
 *
 * <p>What stays out: what a target's code looks like ({@link dev.sirocco.runtime.codegen}), and compiling it.
 */
package dev.sirocco.runtime.source;
