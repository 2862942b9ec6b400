package dev.sirocco.benchmarks.kernels;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.StepState;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A graph of several uses of one kernel on one device. Owns the device memory until closed. */
final class KernelRun implements AutoCloseable {
    private final TornadoExecutionPlan plan;
    private final List<KernelTask> tasks = new ArrayList<>();

    /**
     * Builds the graph; the kernel is compiled by the first execution.
     *
     * @param tasks uses in the graph, each with arrays of its own
     * @param rows  tokens of the step, at most the case's
     */
    KernelRun(KernelCase kernel, TornadoDevice device, int tasks, int rows) {
        IntArray step = new IntArray(StepState.SIZE);
        step.set(StepState.POSITION, kernel.position());
        step.set(StepState.ROWS, rows);
        step.set(StepState.FIRST_ROW, 0);
        TaskGraph graph = new TaskGraph("bench");
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, step);
        for (int i = 0; i < tasks; i++) {
            KernelTask task = kernel.recipe().make(i + 1, step);
            graph.transferToDevice(
                    DataTransferMode.FIRST_EXECUTION, task.inputs().toArray());
            this.tasks.add(task);
        }
        GridScheduler grids = new GridScheduler();
        StepGraph built = new StepGraph("bench", graph, step, kernel.rows(), grids);
        for (int i = 0; i < tasks; i++) {
            this.tasks.get(i).adder().accept(built, "use" + i);
        }
        for (KernelTask task : this.tasks) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, outputArrays(task));
        }
        plan = new TornadoExecutionPlan(graph.snapshot());
        plan.withDevice(device);
        if (!grids.keySet().isEmpty()) {
            plan.withGridScheduler(grids);
        }
    }

    private static Object[] outputArrays(KernelTask task) {
        return task.outputs().stream().map(KernelOutput::array).toArray();
    }

    TornadoExecutionResult execute() {
        return plan.execute();
    }

    /** {@return what the first use wrote, after one execution} */
    List<KernelOutput> executeForOutputs() {
        KernelTask first = tasks.getFirst();
        execute().transferToHost(outputArrays(first));
        return first.outputs();
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException failure) {
            throw new IllegalStateException("the device memory could not be given back", failure);
        }
    }
}
