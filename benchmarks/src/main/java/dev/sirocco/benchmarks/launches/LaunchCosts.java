package dev.sirocco.benchmarks.launches;

import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Measures launches on one device.
 *
 * @param device  to run on
 * @param tasks   of the graph of many
 * @param samples executions that are measured, after as many that are not
 */
public record LaunchCosts(TornadoDevice device, int tasks, int samples) {
    private static final int SIZE = 4096;

    /** {@return what the kernels cost} */
    public List<LaunchCost> measure() {
        return List.of(measure("empty", LaunchKernels::empty), measure("tiny", LaunchKernels::tiny));
    }

    private LaunchCost measure(String name, Task1<FloatArray> kernel) {
        double[][] many = run(kernel, tasks, false);
        double[][] one = run(kernel, 1, false);
        double[][] profiled = run(kernel, 1, true);
        return new LaunchCost(
                name,
                median(many[0]) / tasks,
                median(many[1]) / tasks,
                median(one[1]),
                median(profiled[2]),
                median(profiled[3]));
    }

    /** {@return of each execution: until it returned, until the host had the result, dispatch and kernel by profile} */
    private double[][] run(Task1<FloatArray> kernel, int count, boolean profile) {
        FloatArray x = new FloatArray(SIZE);
        TaskGraph graph = new TaskGraph("launches").transferToDevice(DataTransferMode.FIRST_EXECUTION, x);
        for (int i = 0; i < count; i++) {
            graph.task("task" + i, kernel, x);
        }
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, x);
        double[][] nanos = new double[4][samples];
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            if (profile) {
                plan.withProfiler(ProfilerMode.SILENT);
            }
            for (int sample = -samples; sample < samples; sample++) {
                long start = System.nanoTime();
                TornadoExecutionResult result = plan.execute();
                long returned = System.nanoTime();
                result.transferToHost(x);
                long end = System.nanoTime();
                if (sample >= 0) {
                    TornadoProfilerResult profiled = result.getProfilerResult();
                    nanos[0][sample] = returned - start;
                    nanos[1][sample] = end - start;
                    nanos[2][sample] = profiled.getKernelDispatchTime();
                    nanos[3][sample] = profiled.getDeviceKernelTime();
                }
            }
        } catch (TornadoExecutionPlanException failure) {
            throw new IllegalStateException("the device memory could not be given back", failure);
        }
        return nanos;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
