/**
 * Kernels as files, for compilers that run elsewhere or take hours.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.export.ExportDevice}, a device that runs nothing and collects the kernels
 * of whatever is prepared for it. What a kernel becomes is up to a {@link dev.sirocco.runtime.export.KernelWriter}, one
 * for each {@link dev.sirocco.runtime.driver.KernelFormat}.
 *
 * <p>Invariant: an exported kernel is to the letter what the device that it is for would compile, so that its digest
 * finds its binary again.
 *
 * <p>What stays out: files, manifests, and who compiles them.
 */
package dev.sirocco.runtime.export;
