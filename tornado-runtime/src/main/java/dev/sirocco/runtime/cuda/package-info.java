/**
 * The {@code cuda} driver: NVIDIA's GPUs through libcuda, which comes with the card's driver. No toolkit is needed.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.cuda.CudaDriver}. Kernels become LLVM IR, which LLVM makes PTX of ({@code
 * PtxCode}), which the driver makes code of the card of ({@code CudaModules}); both results are kept for the next
 * process. Where LLVM is not there, PTX from an earlier process, or one that was brought along, will do.
 *
 * <p>Invariants: the library is loaded when devices are asked for; a context is made when a device is first used, and
 * is the primary one, which lives as long as the process; a plan's memory owns a stream, and what it holds is given
 * back when it is closed, on every path. Memory is plain device memory, never managed.
 *
 * <p>What stays out: choosing kernels and grids for a card, which is data of profiles.
 */
package dev.sirocco.runtime.cuda;
