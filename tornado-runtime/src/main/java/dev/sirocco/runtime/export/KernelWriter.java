package dev.sirocco.runtime.export;

import dev.sirocco.runtime.driver.TaskSpec;

/** Writes the kernels of tasks in one format, for one kind of device. */
@FunctionalInterface
public interface KernelWriter {
    /**
     * {@return a task's kernel}
     *
     * @throws dev.sirocco.runtime.ir.KernelException when it uses what the format does not have
     */
    ExportedKernel write(TaskSpec task);
}
