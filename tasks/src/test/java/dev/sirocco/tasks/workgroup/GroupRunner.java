package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.StepGraph;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A device that runs kernels with barriers, and runs what a graph's builder adds. */
record GroupRunner(TornadoDevice device) {

    static Stream<GroupRunner> all() {
        return KernelRunner.groupDevices().map(GroupRunner::new);
    }

    /** {@return all of some cases, or the last one where compiling kernels takes long} */
    <T> List<T> some(List<T> cases) {
        boolean slow = device.getTornadoVMBackend() == TornadoVMBackendType.OPENCL;
        return slow ? List.of(cases.getLast()) : cases;
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
