package dev.sirocco.benchmarks;

import dev.sirocco.benchmarks.environment.Environment;
import dev.sirocco.benchmarks.environment.ReadBandwidth;
import dev.sirocco.benchmarks.kernels.KernelCatalog;
import dev.sirocco.benchmarks.kernels.KernelMeasurement;
import dev.sirocco.benchmarks.kernels.KernelReport;
import dev.sirocco.benchmarks.kernels.KernelResult;
import dev.sirocco.runtime.Devices;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Times kernels. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Times kernels at the shapes of the 7B model, after comparing them with the reference device.")
final class MeasureKernels implements Callable<Integer> {
    private static final int PASSES = 20;
    private static final long BANDWIDTH_BYTES = 1L << 30;

    private enum Format {
        MD,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-k", "--kernels"},
            defaultValue = "",
            paramLabel = "REGEX",
            description = "Only kernels in whose name this is found (default: all).")
    private String filter;

    @Option(names = "--list", description = "Print the names and measure nothing.")
    private boolean list;

    @Option(names = "--check", description = "Compare the kernels with the reference device and time nothing.")
    private boolean check;

    @Option(names = "--compile", description = "Compile the kernels, for a machine that only runs them.")
    private boolean compile;

    @Option(names = "--device", defaultValue = "cpu", description = "Device to measure (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = {"-r", "--iterations"},
            defaultValue = "5",
            description = "Measured iterations of each (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "Length of an iteration (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "md",
            description = "Format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Override
    public Integer call() {
        List<String> names = names();
        if (list) {
            names.forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        if (iterations < 1 || !(seconds > 0)) {
            throw usage("--iterations and --seconds must be positive");
        }
        TornadoDevice measured;
        try {
            measured = Devices.installed().find(device);
        } catch (TornadoRuntimeException e) {
            throw usage(e.getMessage());
        }
        if (check || compile) {
            return without(names);
        }
        Environment environment = Environment.of(measured);
        double bandwidth = bandwidth();
        KernelMeasurement measurement = new KernelMeasurement(device, iterations, seconds, System.err);
        List<KernelResult> results = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        for (String name : names) {
            err.printf("%s (%d of %d)%n", name, results.size() + 1, names.size());
            try {
                results.add(measurement.measure(name));
            } catch (IllegalStateException e) {
                err.println("kernels: " + e.getMessage());
                return 1;
            }
        }
        KernelReport report = new KernelReport(environment, bandwidth, results);
        spec.commandLine().getOut().println(format == Format.JSON ? report.json() : report.markdown());
        return 0;
    }

    /** Does what is asked for that takes no time to measure. {@return the exit status} */
    private int without(List<String> names) {
        KernelMeasurement measurement = new KernelMeasurement(device, iterations, seconds, System.err);
        PrintWriter out = spec.commandLine().getOut();
        int wrong = 0;
        for (String name : names) {
            try {
                if (compile) {
                    measurement.compile(name);
                    out.println("compiled " + name);
                } else {
                    out.printf("ok %s: %.0f %% of the allowed difference%n", name, 100 * measurement.check(name));
                }
            } catch (IllegalStateException e) {
                out.println("WRONG " + e.getMessage());
                wrong++;
            }
            out.flush();
        }
        out.println(names.size() - wrong + " of " + names.size() + (compile ? " compiled" : " right"));
        return wrong == 0 ? 0 : 1;
    }

    private List<String> names() {
        try {
            List<String> names = new KernelCatalog()
                    .names(device).stream()
                            .filter(Pattern.compile(filter).asPredicate())
                            .toList();
            if (names.isEmpty()) {
                throw usage("no kernel that " + device + " runs has '" + filter + "' in its name: --list tells them");
            }
            return names;
        } catch (PatternSyntaxException e) {
            throw usage("'" + filter + "' is no regular expression: " + e.getDescription());
        }
    }

    private static double bandwidth() {
        try (ReadBandwidth bandwidth = new ReadBandwidth(Runtime.getRuntime().availableProcessors(), BANDWIDTH_BYTES)) {
            return bandwidth.measure(PASSES);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
