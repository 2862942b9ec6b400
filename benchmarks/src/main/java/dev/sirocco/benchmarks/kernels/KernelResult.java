package dev.sirocco.benchmarks.kernels;

import java.util.List;

/**
 * What one kernel took.
 *
 * @param name       of the case
 * @param bytes      that one use must move
 * @param operations multiplications and additions of one use
 * @param tasks      uses in the graph that was timed
 * @param deviation  largest difference from the reference device, as a part of what rounding explains
 * @param nanos      of one use, an average for each iteration
 */
public record KernelResult(String name, long bytes, long operations, int tasks, double deviation, List<Double> nanos) {
    public KernelResult {
        nanos = List.copyOf(nanos);
    }

    /** {@return mean time of one use, the graph's own time divided among them} */
    public double meanNanos() {
        return nanos.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** {@return sample standard deviation of the iterations' times} */
    public double deviationNanos() {
        double mean = meanNanos();
        double squares =
                nanos.stream().mapToDouble(n -> (n - mean) * (n - mean)).sum();
        return nanos.size() < 2 ? 0 : Math.sqrt(squares / (nanos.size() - 1));
    }

    /** {@return 10^9 bytes a second, which is bytes a nanosecond} */
    public double gigabytesPerSecond() {
        return bytes / meanNanos();
    }

    /** {@return 10^9 operations a second} */
    public double gigaflops() {
        return operations / meanNanos();
    }
}
