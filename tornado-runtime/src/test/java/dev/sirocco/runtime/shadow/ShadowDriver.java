package dev.sirocco.runtime.shadow;

import dev.sirocco.runtime.SoleDevice;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.reference.ReferenceDriver;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A device with memory of its own, as a graphics card has: kernels run as Java on copies of the host's arrays, and what
 * was not transferred is filled with a pattern. It proves what a device that shares the host's memory cannot show.
 */
public final class ShadowDriver extends SoleDevice {
    private final Device java = new ReferenceDriver().devices().getFirst();

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "shadow",
                DeviceKind.ACCELERATOR,
                "Java",
                "tests",
                "copies of the host's arrays",
                "1",
                DeviceLimits.ofHost(),
                1,
                false,
                true,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        ShadowMemory shadows = (ShadowMemory) memory;
        List<Object> arguments = task.arguments().stream()
                .map(argument -> argument instanceof TornadoNativeArray array ? shadows.of(array) : argument)
                .toList();
        return java.bind(task.withArguments(arguments), memory);
    }

    @Override
    public DeviceMemory newMemory() {
        return new ShadowMemory();
    }
}
