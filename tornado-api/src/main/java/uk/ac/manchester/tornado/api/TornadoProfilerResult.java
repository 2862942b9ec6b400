package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.ExecutionProfile;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one execution cost, summed over its graphs. Times are nanoseconds, sizes bytes; all are zero without a profiler.
 */
public class TornadoProfilerResult {
    private final TornadoExecutionPlan plan;
    private final List<ExecutionProfile> profiles;

    TornadoProfilerResult(TornadoExecutionPlan plan, List<ExecutionProfile> profiles) {
        this.plan = plan;
        this.profiles = profiles;
    }

    /** {@return wall time} */
    public long getTotalTime() {
        return sum(ExecutionProfile::totalNanos);
    }

    /** {@return time spent compiling; zero when nothing was compiled} */
    public long getCompileTime() {
        return sum(ExecutionProfile::compileNanos);
    }

    /** {@return time of copies in both directions} */
    public long getDataTransfersTime() {
        return getDeviceWriteTime() + getDeviceReadTime();
    }

    /** {@return time of copies to the device} */
    public long getDeviceWriteTime() {
        return sum(ExecutionProfile::copyInNanos);
    }

    /** {@return time of copies to the host} */
    public long getDeviceReadTime() {
        return sum(ExecutionProfile::copyOutNanos);
    }

    /**
     * {@return the time from when tasks were enqueued until the device began with them, summed over the tasks; zero
     * where the device does not tell}
     */
    public long getKernelDispatchTime() {
        return sum(ExecutionProfile::dispatchNanos);
    }

    /** {@return device time of all tasks} */
    public long getDeviceKernelTime() {
        return sum(ExecutionProfile::totalKernelNanos);
    }

    public long getTotalBytesCopyIn() {
        return sum(ExecutionProfile::copyInBytes);
    }

    public long getTotalBytesCopyOut() {
        return sum(ExecutionProfile::copyOutBytes);
    }

    public long getTotalBytesTransferred() {
        return getTotalBytesCopyIn() + getTotalBytesCopyOut();
    }

    /** {@return device memory that the plan holds now} */
    public long getTotalDeviceMemoryUsage() {
        return plan.getCurrentDeviceMemoryUsage();
    }

    /**
     * {@return the profile as a JSON object with a member for each graph, in which each task has a member {@code
     * graph.task} with its {@code TASK_KERNEL_TIME}; numbers are written as strings}
     */
    public String getProfileLog() {
        return ProfileLog.json(profiles);
    }

    private long sum(ToLongFunction<ExecutionProfile> part) {
        return profiles.stream().mapToLong(part).sum();
    }
}
