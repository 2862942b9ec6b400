/**
 * Devices and how they run kernels.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.driver.Driver}, one for each kind of device (cpu, reference, …). A driver
 * that finds no library or no device says so with a reason instead of failing. A
 * {@link dev.sirocco.runtime.driver.Device} makes {@link dev.sirocco.runtime.driver.BoundTask}s: compiled code
 * together with the memory it works on.
 *
 * <p>What stays out: task graphs, transfers and profiles as an application sees them.
 */
package dev.sirocco.runtime.driver;
