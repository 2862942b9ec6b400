/**
 * A virtual NVIDIA card: the text of PTX, as the driver would be given it, carried out instruction by instruction, 32
 * lanes at a time. It is stricter than a card. An address outside of the kernel's arrays or not aligned for its access,
 * two threads that meet in a byte with no barrier between them, local memory that is read before it is written, an
 * exchange with a lane that is not there and a barrier that some threads never reach are faults with the line of PTX;
 * an instruction that is not known is one as well. It says nothing about time.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.ptx.PtxKernel}.
 */
package dev.sirocco.runtime.ptx;
