/**
 * OpenCL devices: any that has OpenCL 1.2 or later, by the system's loader.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.opencl.OpenClDriver}. The loader's functions are called directly ({@code
 * OpenClNative}); {@code DeviceFinder} asks all platforms for devices; a device has one context, compiles kernels in
 * the background ({@code Programs}) and keeps their binaries; each plan has a queue and buffers of its own
 * ({@code OpenClMemory}).
 *
 * <p>Invariants: nothing is loaded before devices are asked for; what is missing is told with a remedy; every handle
 * has one owner that releases it, contexts and programs live as long as the process; tasks are only enqueued, and
 * nothing waits for the device but {@code finish}; nothing falls back to another device.
 *
 * <p>What stays out: the text of kernels ({@link dev.sirocco.runtime.codegen.opencl}).
 */
package dev.sirocco.runtime.opencl;
