package dev.sirocco.runtime.driver;

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

    /** {@return a new, empty memory for one plan; the caller closes it} */
    DeviceMemory newMemory();
}
