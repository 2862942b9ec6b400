/**
 * The {@code reference} device: runs a kernel's own Java. Slow and right, it is what other devices are compared with.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.reference.ReferenceDriver}. A kernel with {@code @Parallel} loops is called
 * once, as the sequential method that it is. A KernelContext kernel is called once for each work-item, one group after
 * another; of the work-items of one group exactly one runs at any time, in order, and gives way at a barrier. So the
 * results are the same on every run, races included, and a barrier that some items never reach is reported.
 *
 * <p>What stays out: anything that would make it fast, and the task graphs that lead here.
 */
package dev.sirocco.runtime.reference;
