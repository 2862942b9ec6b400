package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.ExecutionProfile;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.PlanExecutor;
import dev.sirocco.spi.RuntimeProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Executes recorded task graphs on a device. The {@code with…} methods change this plan, hold until changed again, and
 * return it.
 *
 * <p>A plan owns the device memory of its graphs' arrays until it is closed. It is used by one thread at a time.
 */
public class TornadoExecutionPlan implements AutoCloseable {
    private static final int ALL_GRAPHS = -1;

    private final List<GraphDescription> graphs;
    private final PlanExecutor executor;
    private final Map<TornadoVMBackendType, String> compilerFlags = new EnumMap<>(TornadoVMBackendType.class);

    private ExecutionSettings settings = ExecutionSettings.DEFAULT;
    private ProfilerMode profilerMode = ProfilerMode.SILENT;
    private int selected = ALL_GRAPHS;
    private TornadoExecutionResult unprofiled;
    private boolean closed;

    /**
     * Makes a plan of graphs that are executed in this order. Nothing is compiled or allocated yet.
     *
     * @throws TornadoRuntimeException if there is no graph, a graph consumes from one that is not in the plan, or there
     *     is no runtime
     */
    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        graphs = PlanGraphs.of(immutableTaskGraphs);
        executor = RuntimeProvider.installed().plan(graphs);
    }

    /** {@return a device of a backend, both counted from 0} */
    public static TornadoDevice getDevice(int driverIndex, int deviceIndex) {
        return TornadoRuntimeProvider.getTornadoRuntime()
                .getBackend(driverIndex)
                .getDevice(deviceIndex);
    }

    /** Runs the selected graph, or all graphs in order, to completion. */
    public TornadoExecutionResult execute() {
        requireOpen();
        return settings.profile() ? executeProfiled() : executeUnprofiled();
    }

    private TornadoExecutionResult executeUnprofiled() {
        // Runs some fifty times for each generated token: nothing is allocated here after the first time.
        if (selected != ALL_GRAPHS) {
            executor.execute(selected, settings);
        } else {
            for (int graph = 0; graph < graphs.size(); graph++) {
                executor.execute(graph, settings);
            }
        }
        if (unprofiled == null) {
            unprofiled = new TornadoExecutionResult(this, List.of());
        }
        return unprofiled;
    }

    private TornadoExecutionResult executeProfiled() {
        List<ExecutionProfile> profiles = new ArrayList<>();
        for (int graph = firstSelected(); graph < endSelected(); graph++) {
            profiles.add(executor.execute(graph, settings));
        }
        TornadoExecutionResult result = new TornadoExecutionResult(this, List.copyOf(profiles));
        if (profilerMode == ProfilerMode.CONSOLE) {
            // Standard output belongs to the application's data.
            System.err.println(result.getProfilerResult().getProfileLog());
        }
        return result;
    }

    /**
     * Selects one graph for the executions that follow.
     *
     * @param graphIndex the graph's place in the constructor's arguments, from 0
     */
    public TornadoExecutionPlan withGraph(int graphIndex) {
        if (graphIndex < 0 || graphIndex >= graphs.size()) {
            throw new TornadoRuntimeException("There is no graph %d in this plan: it has %d, counted from 0"
                    .formatted(graphIndex, graphs.size()));
        }
        selected = graphIndex;
        return this;
    }

    /** Selects all graphs, in order. This is the default. */
    public TornadoExecutionPlan withAllGraphs() {
        selected = ALL_GRAPHS;
        return this;
    }

    /** Runs on this device instead of the runtime's default. */
    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        settings = settings.withDevice(required("withDevice", device));
        chooseCompilerFlags();
        return this;
    }

    /**
     * Launches KernelContext kernels with these grids. The scheduler is asked at each execution, so that its grids may
     * change.
     *
     * @throws TornadoRuntimeException if none of its names is a task of this plan
     */
    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        PlanGraphs.requireTaskOf(graphs, required("withGridScheduler", gridScheduler));
        settings = settings.withGridScheduler(gridScheduler);
        return this;
    }

    /** Forgets the grid scheduler. */
    public TornadoExecutionPlan withDefaultScheduler() {
        settings = settings.withGridScheduler(null);
        return this;
    }

    /** Measures each task from now on; {@link ProfilerMode#CONSOLE} prints each profile to standard error. */
    public TornadoExecutionPlan withProfiler(ProfilerMode profilerMode) {
        this.profilerMode = required("withProfiler", profilerMode);
        settings = settings.withProfile(true);
        return this;
    }

    public TornadoExecutionPlan withoutProfiler() {
        settings = settings.withProfile(false);
        return this;
    }

    /** Prints the code that is generated for each kernel that is compiled from now on. */
    public TornadoExecutionPlan withPrintKernel() {
        settings = settings.withPrintKernel(true);
        return this;
    }

    public TornadoExecutionPlan withoutPrintKernel() {
        settings = settings.withPrintKernel(false);
        return this;
    }

    /** Gives flags to the device compiler of one backend; they are used while the plan's device belongs to it. */
    public TornadoExecutionPlan withCompilerFlags(TornadoVMBackendType backend, String compilerFlags) {
        this.compilerFlags.put(required("withCompilerFlags", backend), required("withCompilerFlags", compilerFlags));
        chooseCompilerFlags();
        return this;
    }

    /** Compiles the kernels of the selected graphs now, instead of when they are first executed. */
    public TornadoExecutionPlan withPreCompilation() {
        requireOpen();
        executor.compile(firstSelected(), endSelected(), settings);
        return this;
    }

    /** Executes the selected graphs a number of times, now. */
    public TornadoExecutionPlan withWarmUpIterations(int iterations) {
        for (int i = 0; i < iterations; i++) {
            execute();
        }
        return this;
    }

    /**
     * Executes the selected graphs again and again, now, until the time is over; at least once.
     *
     * @throws InterruptedException if the thread is interrupted between two executions
     */
    public TornadoExecutionPlan withWarmUpTime(long milliseconds) throws InterruptedException {
        long startNanos = System.nanoTime();
        do {
            execute();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } while (System.nanoTime() - startNanos < milliseconds * 1_000_000);
        return this;
    }

    /** Gives the device memory of the plan's arrays back; the next execution transfers them again. */
    public TornadoExecutionPlan freeDeviceMemory() {
        requireOpen();
        executor.freeDeviceMemory();
        return this;
    }

    /** {@return bytes of device memory that the plan holds; 0 where host and device share memory} */
    public long getCurrentDeviceMemoryUsage() {
        return closed ? 0 : executor.deviceMemoryBytes();
    }

    /** Gives everything back. Closing a second time does nothing. */
    @Override
    public void close() throws TornadoExecutionPlanException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            executor.close();
        } catch (RuntimeException e) {
            throw new TornadoExecutionPlanException("The execution plan cannot be closed: " + e.getMessage(), e);
        }
    }

    void transferToHost(Object... objects) {
        requireOpen();
        executor.transferToHost(objects);
    }

    private int firstSelected() {
        return selected == ALL_GRAPHS ? 0 : selected;
    }

    private int endSelected() {
        return selected == ALL_GRAPHS ? graphs.size() : selected + 1;
    }

    private void chooseCompilerFlags() {
        if (compilerFlags.isEmpty()) {
            return;
        }
        TornadoDevice device = settings.device() != null
                ? settings.device()
                : TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        settings = settings.withCompilerFlags(compilerFlags.getOrDefault(device.getTornadoVMBackend(), ""));
    }

    private void requireOpen() {
        if (closed) {
            throw new TornadoRuntimeException("The execution plan is closed");
        }
    }

    private static <T> T required(String method, T argument) {
        if (argument == null) {
            throw new TornadoRuntimeException("Execution plan: the argument of " + method + " is null");
        }
        return argument;
    }
}
