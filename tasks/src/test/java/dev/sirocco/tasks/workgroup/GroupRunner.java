package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.TestedSizes;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A device that runs kernels with barriers, and runs what a graph's builder adds. */
record GroupRunner(TornadoDevice device) {

    static Stream<GroupRunner> all() {
        return KernelRunner.groupDevices().map(GroupRunner::new);
    }

    /** {@return how many different kernels tests should ask for} */
    TestedSizes sizes() {
        return new KernelRunner.OnDevice(device).sizes();
    }

    /**
     * Builds a graph and runs it once, all arrays copied in and out.
     *
     * @param arrays of the tasks, besides {@code state}
     */
    void run(IntArray state, int batch, List<?> arrays, Consumer<StepGraph> tasks) {
        TaskGraph graph = new TaskGraph("graph");
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, state);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
        GridScheduler grids = new GridScheduler();
        tasks.accept(new StepGraph("graph", graph, state, batch, grids));
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).withGridScheduler(grids).execute();
        } catch (TornadoExecutionPlanException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public String toString() {
        return device.getDeviceName();
    }
}
