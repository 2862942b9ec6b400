/**
 * The intermediate representation of a kernel: a control-flow graph of basic blocks in SSA form.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.ir.Function}. A function is a list of
 * {@link dev.sirocco.runtime.ir.Block}s, the first of which is entered; a block has parameters (in place of phi
 * nodes), {@link dev.sirocco.runtime.ir.Instruction}s and one {@link dev.sirocco.runtime.ir.Terminator}. Every value
 * is defined once and its definition dominates its uses. Everything is immutable: a pass returns a new function, and
 * {@link dev.sirocco.runtime.ir.Verifier} holds after every pass.
 *
 * <p>Meaning is Java's: 32- and 64-bit integers wrap, shifts use the low bits of the distance, float to integer
 * conversion saturates. Two things are freer than in Java: floating-point operations may be reassociated and contracted
 * where a code generator says so, and a division by zero gives an unspecified value instead of an exception.
 *
 * <p>What stays out: targets, launch grids, host objects. An array is a typed base address, no more.
 */
package dev.sirocco.runtime.ir;
