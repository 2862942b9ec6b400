package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.TaskSpec;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * How many work-items a kernel is launched with.
 *
 * @param global in each dimension, the fastest first
 * @param local  likewise, of one work-group; empty for the driver's choice
 */
record NdRange(long[] global, long[] local) {
    private static final long[] DRIVERS_CHOICE = {};

    /** {@return the range of a task} */
    static NdRange of(TaskSpec task, Launch launch, DeviceDescription device) {
        return task.grid() == null ? of(launch) : of(task, LaunchGrid.of(task.name(), task.grid()), device);
    }

    /** {@return the range of a KernelContext kernel, whose grid must be within the device's limits} */
    private static NdRange of(TaskSpec task, LaunchGrid grid, DeviceDescription device) {
        long[] global = new long[3];
        long[] local = new long[3];
        long group = 1;
        for (int axis = 0; axis < 3; axis++) {
            global[axis] = grid.globalSize(axis);
            local[axis] = grid.localSize(axis);
            group *= local[axis];
        }
        for (int axis = 0; axis < 3; axis++) {
            int most = device.limits().maxWorkItemSizes().get(axis);
            if (local[axis] > most) {
                throw tooLarge(task, local, "at most " + most + " along " + "xyz".charAt(axis), device);
            }
        }
        if (group > device.limits().maxWorkGroupSize()) {
            throw tooLarge(
                    task, local, "at most " + device.limits().maxWorkGroupSize() + " work-items together", device);
        }
        return new NdRange(global, local);
    }

    /**
     * {@return the range of {@code @Parallel} loops, of which the innermost is dimension 0} The code skips what is past
     * the end, so that groups of any size tile it.
     */
    static NdRange of(Launch launch) {
        long[] global = fastestFirst(launch.sizes());
        if (launch.groupSizes().isEmpty()) {
            return new NdRange(global, DRIVERS_CHOICE);
        }
        long[] local = fastestFirst(launch.groupSizes());
        Arrays.setAll(global, d -> Math.ceilDiv(global[d], local[d]) * local[d]);
        return new NdRange(global, local);
    }

    private static long[] fastestFirst(List<Long> sizes) {
        return sizes.reversed().stream().mapToLong(Long::longValue).toArray();
    }

    /** {@return the same work-items in groups of another size that tiles the range} */
    NdRange inGroupsOf(List<Long> group) {
        return new NdRange(
                global,
                group.stream().limit(global.length).mapToLong(Long::longValue).toArray());
    }

    /** {@return whether there is nothing to launch} */
    boolean isEmpty() {
        return Arrays.stream(global).anyMatch(size -> size == 0);
    }

    static TornadoRuntimeException tooLarge(TaskSpec task, long[] local, String limit, DeviceDescription device) {
        return new TornadoRuntimeException("Task " + task.name() + ": work-groups of " + Arrays.toString(local)
                + " are too large for " + device.id() + " (" + device.name() + "), which takes " + limit
                + "; give the task's grid a smaller local work");
    }
}
