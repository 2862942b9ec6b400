/**
 * Devices of the {@code hosted} driver: what is generated for PTX and for SPIR-V, run by the host's processor with the
 * work-item functions supplied. It proves the code up to NVIDIA's own compiler, and SPIR-V modules as they are given to
 * a device, on machines that have neither.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.hosted.HostedDriver}.
 */
package dev.sirocco.runtime.hosted;
