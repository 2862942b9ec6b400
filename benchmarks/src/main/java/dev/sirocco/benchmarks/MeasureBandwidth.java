package dev.sirocco.benchmarks;

import dev.sirocco.benchmarks.environment.ReadBandwidth;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints how fast memory can be read. */
@Command(
        name = "bandwidth",
        mixinStandardHelpOptions = true,
        description =
                "Prints how many gigabytes a second the processor can read from memory. A decoded token reads all "
                        + "weights once, so this over the model's size is the most tokens a second there can be.")
final class MeasureBandwidth implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-t", "--threads"},
            description = "Threads that read (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--size", defaultValue = "1024", description = "Mebibytes to read (default: ${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(
            names = {"-r", "--repetitions"},
            defaultValue = "20",
            description = "Passes, of which the best counts (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Override
    public Integer call() {
        if (threads < 1 || mebibytes < 1 || repetitions < 1) {
            throw new ParameterException(spec.commandLine(), "threads, size and repetitions must be at least 1");
        }
        try (ReadBandwidth bandwidth = new ReadBandwidth(threads, mebibytes * MEBIBYTE)) {
            spec.commandLine()
                    .getOut()
                    .printf(Locale.ROOT, "%.1f GB/s read by %d threads%n", bandwidth.measure(repetitions), threads);
        }
        return 0;
    }
}
