package dev.sirocco.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one execution of one graph cost. All times are nanoseconds, all sizes bytes.
 *
 * @param graph         the graph's name
 * @param totalNanos    wall time of the execution
 * @param compileNanos  spent compiling kernels (zero when they were compiled before)
 * @param copyInNanos   host to device
 * @param copyOutNanos  device to host
 * @param copyInBytes   host to device
 * @param copyOutBytes  device to host
 * @param dispatchNanos from when tasks were enqueued until the device began with them, summed; 0 where it does not tell
 * @param kernelNanos   device time of each task by task name, in execution order
 */
public record ExecutionProfile(
        String graph,
        long totalNanos,
        long compileNanos,
        long copyInNanos,
        long copyOutNanos,
        long copyInBytes,
        long copyOutBytes,
        long dispatchNanos,
        Map<String, Long> kernelNanos) {
    /** Nothing was measured. */
    public static final ExecutionProfile NONE = new ExecutionProfile("", 0, 0, 0, 0, 0, 0, 0, Map.of());

    public ExecutionProfile {
        kernelNanos = Collections.unmodifiableMap(new LinkedHashMap<>(kernelNanos));
    }

    /** {@return device time of all tasks together} */
    public long totalKernelNanos() {
        return kernelNanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
