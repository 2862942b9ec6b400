package dev.sirocco.benchmarks;

import dev.sirocco.benchmarks.environment.Environment;
import dev.sirocco.benchmarks.launches.LaunchCost;
import dev.sirocco.benchmarks.launches.LaunchCosts;
import dev.sirocco.runtime.Devices;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Prints what a launch costs beside its work. */
@Command(
        name = "launches",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Times a kernel of one work-item and one that adds 1 to 4096 numbers, in microseconds.",
            "Of a graph of many tasks, for each task: until the call returns, and until the result is there;",
            "of a graph of one: until the result is there, and by the device's clock from enqueueing to beginning, and "
                    + "the kernel itself."
        })
final class MeasureLaunches implements Callable<Integer> {
    private static final double MICRO = 1e3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-d", "--device"},
            split = ",",
            defaultValue = "cpu",
            paramLabel = "ID",
            description = "Devices to measure, separated by commas (default: ${DEFAULT-VALUE}).")
    private List<String> devices;

    @Option(names = "--tasks", defaultValue = "100", description = "Tasks of a graph (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = {"-r", "--repetitions"},
            defaultValue = "1000",
            description = "Executions, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Override
    public Integer call() {
        if (tasks < 1 || repetitions < 1) {
            throw new ParameterException(spec.commandLine(), "--tasks and --repetitions must be at least 1");
        }
        List<TornadoDevice> found = new ArrayList<>();
        try {
            devices.forEach(id -> found.add(Devices.installed().find(id)));
        } catch (TornadoRuntimeException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        found.forEach(device -> out.println(Environment.of(device)));
        out.println();
        out.println("| µs a task | kernel | call | done | alone | to begin | kernel itself |");
        out.println("|---|---|---|---|---|---|---|");
        for (TornadoDevice device : found) {
            for (LaunchCost cost : new LaunchCosts(device, tasks, repetitions).measure()) {
                out.printf(
                        "| %s | %s | %s | %s | %s | %s | %s |%n",
                        device.getDeviceName(),
                        cost.kernel(),
                        micros(cost.enqueued()),
                        micros(cost.done()),
                        micros(cost.alone()),
                        micros(cost.dispatched()),
                        micros(cost.kernelTime()));
                out.flush();
            }
        }
        return 0;
    }

    private static String micros(double nanos) {
        return nanos == 0 ? "" : String.format(Locale.ROOT, "%.2f", nanos / MICRO);
    }
}
