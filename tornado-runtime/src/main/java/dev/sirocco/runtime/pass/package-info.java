/**
 * Passes: functions in, functions out.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.pass.FrontEnd}, which lifts a kernel and runs every pass that all targets
 * share: {@link dev.sirocco.runtime.pass.Simplify}, {@link dev.sirocco.runtime.pass.ResolveLengths} and {@link
 * dev.sirocco.runtime.pass.MapParallelLoops}. The verifier runs after each. What only one target needs belongs to its
 * code generator; what processors need, {@link dev.sirocco.runtime.pass.ReadAhead}, both generators for them ask for.
 * What LLVM and the OpenCL compilers do well (common subexpressions, unrolling, vectorisation) is left to them.
 */
package dev.sirocco.runtime.pass;
