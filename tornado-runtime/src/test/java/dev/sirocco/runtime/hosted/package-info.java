/**
 * Devices of the {@code hosted} driver. The code of one is SPIR-V modules, translated back and run by the host's
 * processor with the work-item functions supplied; that of the other is PTX, carried out by the virtual card of
 * {@link dev.sirocco.runtime.ptx}. They prove the code up to the compilers of drivers, on machines that have none.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.hosted.HostedDriver}.
 */
package dev.sirocco.runtime.hosted;
