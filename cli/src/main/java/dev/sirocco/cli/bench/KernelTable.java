package dev.sirocco.cli.bench;

import dev.sirocco.model.gguf.GgufTensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the tasks of a token take: a row for each, the longest first, with the weights that those of all layers read and
 * what that is of what the device can read, and can read and write in a copy, in a second.
 *
 * @param tensors   of the model
 * @param nanos     device time by task, over all layers and tokens
 * @param tokens    that were measured
 * @param bandwidth of the device
 */
public record KernelTable(List<GgufTensor> tensors, Map<String, Long> nanos, int tokens, DeviceBandwidth bandwidth) {
    private static final String ROW = "| %-32s | %10s | %7s | %10s | %8s | %9s | %9s |%n".replace("%n", "\n");

    /** Ends of the names of the matrices that a task multiplies with. Other tasks read no weights worth counting. */
    private static final Map<String, List<String>> MATRICES = Map.ofEntries(
            Map.entry("query_key_value", List.of(".attn_q.weight", ".attn_k.weight", ".attn_v.weight")),
            Map.entry("query", List.of(".attn_q.weight")),
            Map.entry("key", List.of(".attn_k.weight")),
            Map.entry("value", List.of(".attn_v.weight")),
            Map.entry("attention_output", List.of(".attn_output.weight")),
            Map.entry("gate_up", List.of(".ffn_gate.weight", ".ffn_up.weight")),
            Map.entry("gate", List.of(".ffn_gate.weight")),
            Map.entry("up", List.of(".ffn_up.weight")),
            Map.entry("down", List.of(".ffn_down.weight")),
            Map.entry("output", List.of("output.weight")));

    /** @param title what was measured */
    public String markdown(String title) {
        double all = nanos.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder table = new StringBuilder("\n");
        table.append(String.format(Locale.ROOT, ROW, title, "µs", "of all", "MB read", "GB/s", "of read", "of copy"));
        table.append(String.format(
                Locale.ROOT,
                ROW,
                "-".repeat(32),
                "-".repeat(9) + ":",
                "-".repeat(6) + ":",
                "-".repeat(9) + ":",
                "-".repeat(7) + ":",
                "-".repeat(8) + ":",
                "-".repeat(8) + ":"));
        sorted().forEach((task, time) -> table.append(row(task, time, all)));
        table.append(row("all kernels", Math.round(all), all));
        if (bandwidth.readGigabytes() > 0) {
            table.append(String.format(
                    Locale.ROOT,
                    "\nRead alone: %.1f GB/s; copy, read and written: %.1f GB/s.\n",
                    bandwidth.readGigabytes(),
                    bandwidth.copyGigabytes()));
        }
        return table.toString();
    }

    private String row(String task, long time, double all) {
        long bytes = bytes(task);
        double gigabytes = time == 0 ? 0 : (double) bytes * tokens / time;
        return String.format(
                Locale.ROOT,
                ROW,
                task,
                String.format(Locale.ROOT, "%.1f", time / 1e3 / tokens),
                all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * time / all),
                bytes == 0 ? "-" : String.format(Locale.ROOT, "%.1f", bytes / 1e6),
                bytes == 0 ? "-" : String.format(Locale.ROOT, "%.1f", gigabytes),
                share(gigabytes, bandwidth.readGigabytes()),
                share(gigabytes, bandwidth.copyGigabytes()));
    }

    private static String share(double part, double whole) {
        return part == 0 || whole == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * part / whole);
    }

    private Map<String, Long> sorted() {
        return nanos.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
    }

    /** {@return bytes of the matrices that a task of all layers reads for one token} */
    private long bytes(String task) {
        List<String> ends = MATRICES.getOrDefault(task, List.of());
        long bytes = tensors.stream()
                .filter(tensor -> ends.stream().anyMatch(end -> matches(tensor.name(), end)))
                .mapToLong(GgufTensor::sizeBytes)
                .sum();
        // Where there is no output matrix, that of the embedding serves.
        return bytes == 0 && task.equals("output")
                ? tensors.stream()
                        .filter(tensor -> tensor.name().equals("token_embd.weight"))
                        .mapToLong(GgufTensor::sizeBytes)
                        .sum()
                : bytes;
    }

    private static boolean matches(String tensor, String end) {
        return end.startsWith(".") ? tensor.endsWith(end) : tensor.equals(end);
    }
}
