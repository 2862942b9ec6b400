package dev.sirocco.runtime.graph;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.spi.ExecutionProfile;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import dev.sirocco.spi.PlanExecutor;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Executes the graphs of one plan. Owns the plan's memory on the device that it runs on; a change of device gives that
 * memory back and starts anew.
 */
public final class EmbeddedPlan implements PlanExecutor {
    private static final int NONE = -1;
    private static final int UNCHECKED = -2;

    private final List<GraphProgram> programs;
    private final Function<TornadoDevice, Device> devices;
    private final boolean strict;
    private final Set<Object> hostWritten = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BoundGraph[] bound;
    private final boolean[] executed;
    private final int[] consumedAfter; // the last graph, when a graph's consumptions were last found in order
    private TornadoDevice requested;
    private Device device;
    private DeviceMemory memory;
    private int lastExecuted = NONE;
    private boolean closed;

    /**
     * @param graphs  in the order in which the plan counts them
     * @param devices gives the device to run on for the device that the plan names, which is null for the default
     * @param strict  whether to refuse kernels that a TornadoVM SDK would not run right
     * @throws TornadoRuntimeException if a graph names what is not an array
     */
    public EmbeddedPlan(List<GraphDescription> graphs, Function<TornadoDevice, Device> devices, boolean strict) {
        this.programs = graphs.stream().map(GraphProgram::new).toList();
        this.devices = devices;
        this.strict = strict;
        programs.forEach(program -> hostWritten.addAll(program.copiedInEvery()));
        this.bound = new BoundGraph[programs.size()];
        this.executed = new boolean[programs.size()];
        this.consumedAfter = new int[programs.size()];
        Arrays.fill(consumedAfter, UNCHECKED);
    }

    /** Starts to compile all of them before it waits for the first: they compile side by side. */
    @Override
    public void compile(int first, int end, ExecutionSettings settings) {
        for (int graph = first; graph < end; graph++) {
            prepare(graph, settings);
        }
        for (int graph = first; graph < end; graph++) {
            bound[graph].await();
        }
    }

    @Override
    public ExecutionProfile execute(int graph, ExecutionSettings settings) {
        if (!settings.profile()) {
            BoundGraph ready = prepare(graph, settings);
            requireConsumed(graph);
            ready.run();
            noteExecuted(graph);
            return ExecutionProfile.NONE;
        }
        long start = System.nanoTime();
        BoundGraph before = bound[checked(graph)];
        BoundGraph ready = prepare(graph, settings);
        long compileNanos = ready == before ? 0 : System.nanoTime() - start;
        requireConsumed(graph);
        ExecutionProfile profile = ready.runProfiled(start, compileNanos);
        noteExecuted(graph);
        return profile;
    }

    private void noteExecuted(int graph) {
        executed[graph] = true;
        lastExecuted = graph;
    }

    private BoundGraph prepare(int graph, ExecutionSettings settings) {
        requireOpen();
        checked(graph);
        followDevice(settings.device());
        BoundGraph ready = bound[graph];
        if (ready != null) {
            ready.followGrids(settings.gridScheduler());
            return ready;
        }
        if (!settings.compilerFlags().isEmpty() && !device.takesCompilerFlags()) {
            throw new TornadoRuntimeException(
                    "The device " + device.description().id() + " takes no compiler flags, and " + "was given '"
                            + settings.compilerFlags() + "'; leave out withCompilerFlags for it");
        }
        BoundGraph fresh = new BoundGraph(programs.get(graph), device, memory, settings, hostWritten, strict);
        bound[graph] = fresh;
        return fresh;
    }

    private void followDevice(TornadoDevice wanted) {
        if (memory != null && wanted == requested) {
            return;
        }
        Device found = devices.apply(wanted);
        if (found != device) {
            freeDeviceMemory();
            device = found;
        }
        requested = wanted;
        if (memory == null) {
            memory = device.newMemory();
        }
    }

    /** Refuses to run on arrays that no graph has left on the device. */
    private void requireConsumed(int graph) {
        if (consumedAfter[graph] == lastExecuted) {
            return;
        }
        GraphProgram program = programs.get(graph);
        for (GraphStep.Consume consume : program.consumptions()) {
            int source = consume.graphName().isEmpty() ? lastExecuted : find(program, consume.graphName());
            for (Object array : consume.arrays()) {
                if (source == NONE || !executed[source]) {
                    throw notThere(
                            program,
                            array,
                            consume.graphName().isEmpty()
                                    ? "no graph of the plan has run since device memory was empty"
                                    : "graph '" + consume.graphName() + "' has not run since device memory was empty");
                }
                if (!programs.get(source).keeps(array)) {
                    throw notThere(
                            program,
                            array,
                            "graph '" + programs.get(source).name() + "', which it comes from, does not persist it");
                }
            }
        }
        consumedAfter[graph] = lastExecuted;
    }

    private int find(GraphProgram consumer, String name) {
        for (int i = 0; i < programs.size(); i++) {
            if (programs.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new TornadoRuntimeException("Task graph '" + consumer.name() + "' consumes from graph '" + name
                + "', which is not in this plan; it has "
                + programs.stream().map(GraphProgram::name).toList());
    }

    private static TornadoRuntimeException notThere(GraphProgram consumer, Object array, String why) {
        return new TornadoRuntimeException("Task graph '" + consumer.name() + "' consumes " + consumer.describe(array)
                + ", but " + why + "; use persistOnDevice there, or transferToDevice here");
    }

    @Override
    public void transferToHost(Object... arrays) {
        requireOpen();
        for (Object array : arrays) {
            boolean onDevice = false;
            for (int i = 0; i < executed.length; i++) {
                onDevice |= executed[i] && programs.get(i).arrays().contains(array);
            }
            if (!onDevice) {
                throw new TornadoRuntimeException("Cannot transfer "
                        + programs.getFirst().describe(array) + " to the host: no graph that has run uses it");
            }
            memory.copyOut(array);
        }
        memory.finish();
    }

    @Override
    public void freeDeviceMemory() {
        Arrays.fill(bound, null);
        Arrays.fill(executed, false);
        Arrays.fill(consumedAfter, UNCHECKED);
        lastExecuted = NONE;
        DeviceMemory given = memory;
        memory = null;
        device = null;
        if (given != null) {
            given.close(); // once, even where it fails
        }
    }

    @Override
    public long deviceMemoryBytes() {
        return memory == null ? 0 : memory.bytes();
    }

    @Override
    public void close() {
        closed = true;
        freeDeviceMemory();
    }

    private void requireOpen() {
        if (closed) {
            throw new TornadoRuntimeException("The execution plan of "
                    + programs.stream().map(GraphProgram::name).toList() + " is closed");
        }
    }

    private int checked(int graph) {
        if (graph < 0 || graph >= programs.size()) {
            throw new TornadoRuntimeException(
                    "Graph " + graph + " is not in this plan; it has " + programs.size() + ", counted from 0");
        }
        return graph;
    }
}
