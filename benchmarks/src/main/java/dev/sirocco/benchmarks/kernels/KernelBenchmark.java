package dev.sirocco.benchmarks.kernels;

import dev.sirocco.runtime.Devices;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;

/** What JMH runs: one execution of a graph that uses the kernel {@code tasks} times. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    /** A name in the catalog. */
    @Param("")
    private String kernel;

    /** A device's id. */
    @Param("cpu")
    private String device;

    /** Uses of the kernel in the graph. */
    @Param("1")
    private int tasks;

    private KernelRun run;

    /** Brings the arrays to the device and compiles the kernel. */
    @Setup
    public void prepare() {
        KernelCase found = new KernelCatalog().find(kernel);
        run = new KernelRun(found, Devices.installed().find(device), tasks, found.rows());
        run.execute();
    }

    /** {@return what the plan returns, so that nothing can be left away} */
    @Benchmark
    public TornadoExecutionResult execute() {
        return run.execute();
    }

    /** Gives the device memory back. */
    @TearDown
    public void release() {
        run.close();
    }
}
