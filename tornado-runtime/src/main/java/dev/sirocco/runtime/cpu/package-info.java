/**
 * The processor that the process runs on, as a device: kernels compiled by LLVM, run by a pool of threads on the
 * host's own arrays.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.cpu.CpuDriver}. A launch hands the linear range of work-items out in
 * chunks to a {@link dev.sirocco.runtime.cpu.WorkerPool} of threads that live as long as the process; the calling
 * thread takes part and never waits for a thread that has not begun.
 *
 * <p>Invariants: nothing is copied; an array stays reachable as long as a task is bound to it; a launch has ended when
 * {@code run} returns. System properties, read when the driver is made: {@code sirocco.threads} (how many threads,
 * default all processors), {@code sirocco.floats} ({@code relaxed}, the default, or {@code strict}).
 *
 * <p>What stays out: kernels with work-groups (barriers, local arrays), which are refused with a reason.
 */
package dev.sirocco.runtime.cpu;
