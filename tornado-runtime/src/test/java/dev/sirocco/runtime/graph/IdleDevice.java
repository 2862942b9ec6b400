package dev.sirocco.runtime.graph;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.SharedMemory;
import dev.sirocco.runtime.driver.TaskSpec;

/** A device whose tasks do nothing, so that what remains is the cost of the graph. */
final class IdleDevice implements Device {
    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "idle", DeviceKind.CPU, "none", "nobody", "idle", "1", DeviceLimits.ofHost(), 1, true, true, true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        return new BoundTask() {
            @Override
            public void run() {}

            @Override
            public long kernelNanos() {
                return 0;
            }
        };
    }

    @Override
    public DeviceMemory newMemory() {
        return new SharedMemory();
    }
}
