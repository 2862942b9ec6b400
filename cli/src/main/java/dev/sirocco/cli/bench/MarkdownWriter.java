package dev.sirocco.cli.bench;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** A table for people, and for reports. Columns are padded for the usual case and grow where they must. */
final class MarkdownWriter implements BenchWriter {
    private static final String LINE =
            "| %-26s | %10s | %10s | %-10s | %7s | %14s | %18s | %6s | %8s | %8s | %9s | %8s |%n".replace("%n", "\n");

    private final Writer out;

    MarkdownWriter(Writer out) throws IOException {
        this.out = out;
        line(
                "model",
                "size",
                "params",
                "device",
                "threads",
                "test",
                "t/s",
                "GB/s",
                "of read",
                "of copy",
                "compile s",
                "load s");
        line(
                "-".repeat(26),
                "-".repeat(9) + ":",
                "-".repeat(9) + ":",
                "-".repeat(10),
                "-".repeat(6) + ":",
                "-".repeat(13) + ":",
                "-".repeat(17) + ":",
                "-".repeat(5) + ":",
                "-".repeat(7) + ":",
                "-".repeat(7) + ":",
                "-".repeat(8) + ":",
                "-".repeat(7) + ":");
    }

    private void line(Object... cells) throws IOException {
        out.write(String.format(Locale.ROOT, LINE, cells));
        out.flush();
    }

    @Override
    public void row(BenchRow row) throws IOException {
        line(
                row.model().replace("|", "\\|"),
                size(row.modelSize()),
                params(row.params()),
                row.device().id(),
                row.device().threads(),
                row.test(),
                String.format(Locale.ROOT, "%.2f ± %.2f", row.averageTokensPerSecond(), row.deviationTokensPerSecond()),
                known("%.1f", row.gigabytesPerSecond()),
                known("%.0f %%", 100 * row.bandwidthShare()),
                known("%.0f %%", 100 * row.copyShare()),
                String.format(Locale.ROOT, "%.2f", row.device().compileNanos() / 1e9),
                String.format(Locale.ROOT, "%.2f", row.device().loadNanos() / 1e9));
    }

    private static String known(String format, double value) {
        return value == 0 ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String size(long bytes) {
        double mebibytes = bytes / 1048576.0;
        return mebibytes < 1024
                ? String.format(Locale.ROOT, "%.2f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.2f GiB", mebibytes / 1024);
    }

    private static String params(long count) {
        return count < 1e9
                ? String.format(Locale.ROOT, "%.2f M", count / 1e6)
                : String.format(Locale.ROOT, "%.2f B", count / 1e9);
    }

    @Override
    public void close() {}
}
