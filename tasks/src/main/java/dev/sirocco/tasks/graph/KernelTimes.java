package dev.sirocco.tasks.graph;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Device time of tasks, summed by task name over all graphs.
 *
 * @param nanos by task name, such as {@code gate} for that product of every layer
 */
public record KernelTimes(Map<String, Long> nanos) {
    /** Both runtimes log a JSON object a graph, with one object a task; see TornadoVM's profiler documentation. */
    private static final Pattern TASK = Pattern.compile("\"[^\".]+\\.([^\"]+)\"\\s*:\\s*\\{([^}]*)}");

    private static final Pattern TIME = Pattern.compile("\"TASK_KERNEL_TIME\"\\s*:\\s*\"?(\\d+)");

    public KernelTimes {
        nanos = Collections.unmodifiableMap(new TreeMap<>(nanos));
    }

    /** {@return all tasks together} */
    public long totalNanos() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Adds the tasks of one execution's profile log to {@code sums}. */
    static void addTo(Map<String, Long> sums, String profileLog) {
        Matcher task = TASK.matcher(profileLog);
        while (task.find()) {
            Matcher time = TIME.matcher(task.group(2));
            if (time.find()) {
                sums.merge(task.group(1), Long.parseLong(time.group(1)), Long::sum);
            }
        }
    }
}
