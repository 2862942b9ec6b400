package dev.sirocco.runtime.graph;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.TaskSequence;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.strict.StrictSubset;
import dev.sirocco.spi.ExecutionProfile;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphStep;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A graph bound to a device and to a plan's memory on it: device buffers exist, kernels are compiled. */
final class BoundGraph {
    private final GraphProgram program;
    private final Device device;
    private final DeviceMemory memory;
    private final BoundTask[] tasks;
    private final List<GridTask> gridTasks = new ArrayList<>();
    private final Object[] copiedInFirst;
    private final Object[] copiedInEvery;
    private final Object[] copiedOut;
    private TaskSequence sequence;
    private boolean copiedFirst;

    /** A KernelContext task and the grid that it was bound for. */
    private static final class GridTask {
        private final int index;
        private final TaskSpec spec;
        private LaunchGrid grid;

        private GridTask(int index, TaskSpec spec) {
            this.index = index;
            this.spec = spec;
            this.grid = LaunchGrid.of(spec.name(), spec.grid());
        }
    }

    /**
     * Allocates the graph's arrays and compiles its kernels, in order.
     *
     * @param hostWritten arrays that some graph of the plan transfers to the device at every execution
     * @param strict      whether to refuse kernels that a TornadoVM SDK would not run right
     */
    BoundGraph(
            GraphProgram program,
            Device device,
            DeviceMemory memory,
            ExecutionSettings settings,
            Set<Object> hostWritten,
            boolean strict) {
        this.program = program;
        this.device = device;
        this.memory = memory;
        PrintStream print = settings.printKernel() ? System.err : null;
        this.tasks = new BoundTask[program.tasks().size()];
        this.copiedInFirst = program.copiedInFirst().toArray();
        this.copiedInEvery = program.copiedInEvery().toArray();
        this.copiedOut = program.copiedOut().toArray();
        program.arrays().forEach(array -> allocate(array, hostWritten.contains(array)));
        for (int i = 0; i < tasks.length; i++) {
            GraphStep.RunTask task = program.tasks().get(i);
            String address = program.address(task);
            Method kernel = KernelReference.resolve(address, task.code());
            boolean takesContext = TaskArguments.check(address, kernel, task.arguments());
            if (strict) {
                StrictSubset.check(kernel, task.arguments());
            }
            WorkerGrid grid = takesContext ? grid(address, settings.gridScheduler()) : null;
            TaskSpec spec = new TaskSpec(address, kernel, task.arguments(), grid, settings.compilerFlags(), print);
            if (takesContext) {
                gridTasks.add(new GridTask(i, spec));
            }
            tasks[i] = device.bind(spec, memory);
        }
        this.sequence = memory.sequence(List.of(tasks));
    }

    private void allocate(Object array, boolean hostWrites) {
        try {
            memory.allocate(array, hostWrites);
        } catch (TornadoOutOfMemoryException noRoom) {
            throw new TornadoOutOfMemoryException(program.describe(array) + ": " + noRoom.getMessage());
        }
    }

    /** Binds those tasks again whose grid was changed since they were bound; a grid may be changed at any time. */
    void followGrids(GridScheduler scheduler) {
        boolean changed = false;
        for (int i = 0; i < gridTasks.size(); i++) {
            GridTask task = gridTasks.get(i);
            WorkerGrid grid = grid(task.spec.name(), scheduler);
            if (!task.grid.matches(grid)) {
                TaskSpec spec = task.spec.withGrid(grid);
                task.grid = LaunchGrid.of(spec.name(), grid);
                tasks[task.index].close();
                tasks[task.index] = device.bind(spec, memory);
                changed = true;
            }
        }
        if (changed) {
            sequence.close();
            sequence = memory.sequence(List.of(tasks));
        }
    }

    private static WorkerGrid grid(String task, GridScheduler scheduler) {
        WorkerGrid grid = scheduler == null ? null : scheduler.get(task);
        if (grid == null) {
            throw new TornadoRuntimeException("Task " + task + ": its kernel takes a KernelContext, and "
                    + (scheduler == null
                            ? "the plan has no grid scheduler"
                            : "the grid scheduler has no grid for it, only for " + new TreeSet<>(scheduler.keySet()))
                    + "; call plan.withGridScheduler(new GridScheduler(\"" + task + "\", new WorkerGrid1D(…)))");
        }
        return grid;
    }

    /** Waits until all tasks have their code. */
    void await() {
        for (BoundTask task : tasks) {
            task.await();
        }
    }

    /** Runs the graph; to its end where the host awaits arrays, or must not change those that it gave. */
    void run() {
        memory.measure(false);
        boolean copiesIn = copiedInEvery.length > 0 || !copiedFirst;
        boolean hostWaits = copiedOut.length > 0 || copiesIn && !memory.copiesAtOnce();
        copyIn();
        sequence.run();
        copyOut();
        if (hostWaits) {
            memory.finish();
        }
    }

    /**
     * Runs the graph to its end and measures it, waiting for the device between the parts.
     *
     * @param startNanos   when the execution began, with what preceded this call
     * @param compileNanos what of that was spent compiling
     */
    ExecutionProfile runProfiled(long startNanos, long compileNanos) {
        memory.measure(true);
        long begin = System.nanoTime();
        long copyInBytes = copyIn();
        memory.finish();
        long copiedIn = System.nanoTime();
        for (BoundTask task : tasks) {
            task.run();
        }
        memory.finish();
        long ran = System.nanoTime();
        long copyOutBytes = copyOut();
        memory.finish();
        long end = System.nanoTime();
        Map<String, Long> kernelNanos = new LinkedHashMap<>();
        long dispatchNanos = 0;
        for (int i = 0; i < tasks.length; i++) {
            kernelNanos.put(program.tasks().get(i).name(), tasks[i].kernelNanos());
            dispatchNanos += tasks[i].dispatchNanos();
        }
        return new ExecutionProfile(
                program.name(),
                end - startNanos,
                compileNanos,
                copiedIn - begin,
                end - ran,
                copyInBytes,
                copyOutBytes,
                dispatchNanos,
                kernelNanos);
    }

    private long copyIn() {
        long bytes = 0;
        if (!copiedFirst) {
            for (Object array : copiedInFirst) {
                bytes += memory.copyIn(array);
            }
            copiedFirst = true;
        }
        for (Object array : copiedInEvery) {
            bytes += memory.copyIn(array);
        }
        return bytes;
    }

    private long copyOut() {
        long bytes = 0;
        for (Object array : copiedOut) {
            bytes += memory.copyOut(array);
        }
        return bytes;
    }
}
