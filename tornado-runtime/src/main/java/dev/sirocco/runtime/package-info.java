/**
 * The embedded runtime: executes TornadoVM task graphs with nothing installed but a JDK.
 *
 * <p>Entry types: {@link dev.sirocco.runtime.EmbeddedRuntime}, which the task-graph API finds as a service, and {@link
 * dev.sirocco.runtime.Devices} for applications that let their user choose a device by id. The work is done in the
 * subpackages, along the pipeline {@code bytecode → ir → pass → codegen → driver}, with {@code graph} on top.
 *
 * <p>Invariant: nothing here loads a native library or looks for hardware before a device is asked for, and asking for
 * one driver's devices leaves the other drivers alone.
 */
package dev.sirocco.runtime;
