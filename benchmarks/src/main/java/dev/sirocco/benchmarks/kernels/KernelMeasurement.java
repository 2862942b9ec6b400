package dev.sirocco.benchmarks.kernels;

import dev.sirocco.runtime.Devices;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Checks kernels against the reference device, then times them with JMH in a JVM of their own.
 *
 * @param device     the device's id
 * @param iterations measured, and half as many to warm up
 * @param seconds    of each iteration
 * @param progress   where it is told what goes on
 */
public record KernelMeasurement(String device, int iterations, double seconds, PrintStream progress) {
    private static final String REFERENCE = "reference";

    /**
     * Measures one kernel.
     *
     * @throws IllegalStateException when its results are wrong on the device, or the measuring JVM fails
     */
    public KernelResult measure(String name) {
        KernelCase kernel = new KernelCatalog().find(name);
        double deviation = check(kernel);
        // The reference device is slow: what it takes does not depend on caches.
        int tasks = device.equals(REFERENCE) ? 1 : kernel.tasks();
        try {
            OutputFormat format = OutputFormatFactory.createFormatInstance(progress, VerboseMode.SILENT);
            Collection<RunResult> results = new Runner(options(name, tasks), format).run();
            List<Double> nanos = new ArrayList<>();
            results.iterator()
                    .next()
                    .getBenchmarkResults()
                    .forEach(fork -> fork.getIterationResults()
                            .forEach(iteration ->
                                    nanos.add(iteration.getPrimaryResult().getScore() / tasks)));
            return new KernelResult(kernel.name(), kernel.bytes(), kernel.operations(), tasks, deviation, nanos);
        } catch (RunnerException e) {
            throw new IllegalStateException(name + " could not be measured: " + e.getMessage(), e);
        }
    }

    /**
     * {@return a kernel's largest difference from the reference device, relative to what is allowed}
     *
     * @throws IllegalStateException when its results are wrong on the device
     */
    public double check(String name) {
        return check(new KernelCatalog().find(name));
    }

    /** Compiles a kernel and runs it once, whatever comes of it. */
    public void compile(String name) {
        KernelCase kernel = new KernelCatalog().find(name);
        try (KernelRun run = new KernelRun(kernel, Devices.installed().find(device), 1, 1)) {
            run.execute();
        }
    }

    private double check(KernelCase kernel) {
        if (device.equals(REFERENCE)) {
            return 0;
        }
        Devices devices = Devices.installed();
        TornadoDevice measured = devices.find(device);
        return KernelCheck.compare(kernel, measured, devices.find(REFERENCE));
    }

    private Options options(String name, int tasks) {
        TimeValue time = TimeValue.microseconds((long) (seconds * 1e6));
        return new OptionsBuilder()
                .include("^" + KernelBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .param("kernel", name)
                .param("device", device)
                .param("tasks", Integer.toString(tasks))
                .forks(1)
                .warmupIterations(Math.ceilDiv(iterations, 2))
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .shouldFailOnError(true)
                .build();
    }
}
