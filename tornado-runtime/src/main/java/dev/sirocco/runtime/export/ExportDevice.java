package dev.sirocco.runtime.export;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.driver.SharedMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A device whose tasks do nothing: it keeps the kernels that they would run, each once. Also its own driver. */
public final class ExportDevice implements Device, Driver {
    private final DeviceDescription description;
    private final KernelWriter writer;
    private final Map<String, ExportedKernel> kernels = new LinkedHashMap<>();

    /** @param description of the device that the kernels are for */
    public ExportDevice(DeviceDescription description, KernelWriter writer) {
        this.description = description;
        this.writer = writer;
    }

    /** {@return the kernels of all tasks so far, in the order in which they came} */
    public synchronized List<ExportedKernel> kernels() {
        return List.copyOf(kernels.values());
    }

    @Override
    public DeviceDescription description() {
        return description;
    }

    @Override
    public boolean takesCompilerFlags() {
        return true;
    }

    @Override
    public synchronized BoundTask bind(TaskSpec task, DeviceMemory memory) {
        ExportedKernel kernel = writer.write(task);
        kernels.putIfAbsent(kernel.digest(), kernel);
        return Idle.TASK;
    }

    @Override
    public DeviceMemory newMemory() {
        return new SharedMemory();
    }

    @Override
    public String name() {
        return description.driver();
    }

    @Override
    public List<Device> devices() {
        return List.of(this);
    }

    @Override
    public String absence() {
        return "";
    }

    /** Stands for a task that does nothing. */
    private enum Idle implements BoundTask {
        TASK;

        @Override
        public void run() {}

        @Override
        public long kernelNanos() {
            return 0;
        }
    }
}
