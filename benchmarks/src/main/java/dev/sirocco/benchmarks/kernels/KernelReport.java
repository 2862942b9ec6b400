package dev.sirocco.benchmarks.kernels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sirocco.benchmarks.environment.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results with what is needed to compare them later.
 *
 * @param environment   where they were taken
 * @param readBandwidth of main memory just before, in 10^9 bytes a second, or 0 when it was not measured
 */
public record KernelReport(Environment environment, double readBandwidth, List<KernelResult> results) {
    private static final double MICRO = 1e3;

    /** {@return a Markdown table under a line about the environment} */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(environment).append(System.lineSeparator());
        if (readBandwidth > 0) {
            text.append(String.format(Locale.ROOT, "read bandwidth %.1f GB/s%n", readBandwidth));
        }
        text.append(String.format("%n| %-28s | %20s | %8s | %8s |%n", "kernel", "µs", "GB/s", "GFLOP/s"));
        text.append(String.format("|%s|%s:|%s:|%s:|%n", "-".repeat(30), "-".repeat(21), "-".repeat(9), "-".repeat(9)));
        for (KernelResult result : results) {
            String time = String.format(
                    Locale.ROOT, "%.2f ± %.2f", result.meanNanos() / MICRO, result.deviationNanos() / MICRO);
            text.append(String.format(
                    Locale.ROOT,
                    "| %-28s | %20s | %8.2f | %8.2f |%n",
                    result.name(),
                    time,
                    result.gigabytesPerSecond(),
                    result.gigaflops()));
        }
        return text.toString();
    }

    /** {@return an object with the environment and one object a kernel} */
    public String json() {
        Map<String, Object> report = new LinkedHashMap<>(environment.fields());
        report.put("read_bandwidth_gb_s", readBandwidth);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (KernelResult result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kernel", result.name());
            row.put("avg_ns", result.meanNanos());
            row.put("stddev_ns", result.deviationNanos());
            row.put("samples_ns", result.nanos());
            row.put("gb_s", result.gigabytesPerSecond());
            row.put("gflop_s", result.gigaflops());
            row.put("bytes", result.bytes());
            row.put("operations", result.operations());
            row.put("uses_in_graph", result.tasks());
            row.put("difference_from_reference", result.deviation());
            rows.add(row);
        }
        report.put("results", rows);
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings can always be written", e);
        }
    }
}
