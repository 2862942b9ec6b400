/**
 * Every kernel by itself, at the shapes of the 7B model.
 *
 * <p>Entry types: {@link dev.sirocco.benchmarks.kernels.KernelCatalog} lists what can be measured, {@link
 * dev.sirocco.benchmarks.kernels.KernelMeasurement} measures with JMH, {@link
 * dev.sirocco.benchmarks.kernels.KernelReport} prints time, GB/s and GFLOP/s.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A kernel is timed only after its results on that device agreed with the {@code reference} device.
 *   <li>Weights are as many copies as do not fit a processor's caches, used in turn in one graph, because a decoded
 *       token also uses each matrix once.
 *   <li>Bytes count what a kernel must read and write at least once, operations each multiplication and addition; so
 *       GB/s and GFLOP/s can be compared with what the device has.
 * </ul>
 *
 * <p>What stays out: whole models, which {@code sirocco bench} measures.
 */
package dev.sirocco.benchmarks.kernels;
