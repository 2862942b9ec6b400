package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.TaskSpec;

/**
 * Chooses the work-groups of kernels that leave it open. GPUs get whole wavefronts: left to themselves their drivers
 * look for a divisor of the global size, which may be 1. Processors run a group as a loop, and their drivers know best
 * how many iterations are worth it.
 */
final class LocalSizes {
    /** The system property that sets the size of groups along the innermost loop; 0 for the driver's choice. */
    private static final String PROPERTY = "sirocco.opencl.group";

    /** A wavefront of AMD's, two warps of NVIDIA's. */
    private static final int GPU_GROUP = 64;

    private static final int UNSET = -1;

    private LocalSizes() {}

    /** {@return what a task is launched with} */
    static NdRange range(TaskSpec task, Launch launch, DeviceDescription device) {
        if (task.grid() != null) {
            return NdRange.of(task, LaunchGrid.of(task.name(), task.grid()), device);
        }
        boolean one = launch.total() <= 1;
        return NdRange.of(launch, one ? 0 : group(device));
    }

    private static int group(DeviceDescription device) {
        int most = Math.min(
                device.limits().maxWorkGroupSize(),
                device.limits().maxWorkItemSizes().getFirst());
        int set = Integer.getInteger(PROPERTY, UNSET);
        if (set < UNSET || set > most) {
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + " must be from 0 to " + most + " on " + device.id() + ", not " + set);
        }
        if (set != UNSET) {
            return set;
        }
        return switch (device.kind()) {
            case GPU -> Math.min(GPU_GROUP, most);
            case CPU, ACCELERATOR -> 0;
        };
    }
}
