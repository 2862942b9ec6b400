package dev.sirocco.runtime.driver;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A device that runs kernels. Lives as long as the process; thread-safe. */
public interface Device {
    DeviceDescription description();

    /**
     * Compiles a task's kernel for its arguments (or finds it compiled) and binds it to their memory.
     *
     * @param memory where the argument arrays lie on this device
     * @throws dev.sirocco.runtime.ir.KernelException when the kernel uses what is not supported
     */
    BoundTask bind(TaskSpec task, DeviceMemory memory);

    /** {@return whether {@link TaskSpec#compilerFlags()} may be given} */
    default boolean takesCompilerFlags() {
        return false;
    }

    /**
     * Makes kernels' code in this format from now on.
     *
     * @throws TornadoRuntimeException when the device does not take it
     */
    default void useFormat(KernelFormat format) {
        throw new TornadoRuntimeException("The device " + description().id() + " is not given OpenCL C or SPIR-V; leave"
                + " out --code, and 'code' in its profile");
    }

    /**
     * Takes kernels from binaries from now on, as far as there are some.
     *
     * @throws TornadoRuntimeException when this kind of device cannot
     */
    default void useBinaries(KernelBinaries binaries) {
        throw new TornadoRuntimeException("The device " + description().id() + " compiles its kernels itself and takes"
                + " no binaries; leave out 'binaries' in its profile");
    }

    /** {@return a new, empty memory for one plan; the caller closes it} */
    DeviceMemory newMemory();
}
