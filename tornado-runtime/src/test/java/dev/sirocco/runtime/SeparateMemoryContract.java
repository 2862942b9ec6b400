package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The contract of a device with memory of its own, and what only such a device can show of transfers. */
abstract class SeparateMemoryContract extends DeviceContract {
    private static final int FIRST = DataTransferMode.FIRST_EXECUTION;
    private static final int EVERY = DataTransferMode.EVERY_EXECUTION;
    private static final int ON_DEMAND = DataTransferMode.UNDER_DEMAND;

    @Test
    void copiesFirstExecutionArraysOnceAndKeepsWhatTasksMakeOfThem() throws TornadoExecutionPlanException {
        IntArray counter = IntArray.fromElements(1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, counter)
                .task("t", ContractKernels::addOne, counter)
                .transferToHost(ON_DEMAND, counter);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            counter.set(0, 100); // not seen: the device has its own
            plan.execute();
            assertEquals(100, counter.get(0));
            plan.execute().transferToHost(counter);
            assertEquals(4, counter.get(0));
        }
    }

    @Test
    void copiesEveryExecutionArraysEachTime() throws TornadoExecutionPlanException {
        IntArray counter = IntArray.fromElements(1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, counter)
                .task("t", ContractKernels::addOne, counter)
                .transferToHost(ON_DEMAND, counter);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            counter.set(0, 100);
            plan.execute().transferToHost(counter);
            assertEquals(101, counter.get(0));
        }
    }

    /** Random numbers, because the device's memory may well hold small ones that a task before this left there. */
    @Test
    void leavesArraysThatNobodyTransfersUndefined() throws TornadoExecutionPlanException {
        int[] numbers = new Random().ints(64).toArray();
        IntArray forgotten = IntArray.fromElements(numbers);
        TaskGraph graph =
                new TaskGraph("g").task("t", ContractKernels::addOne, forgotten).transferToHost(EVERY, forgotten);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            int[] transferred = Arrays.stream(numbers).map(number -> number + 1).toArray();
            assertFalse(Arrays.equals(transferred, forgotten.toHeapArray()));
        }
    }

    @Test
    void doesNotCopyResultsThatNobodyAskedFor() throws TornadoExecutionPlanException {
        IntArray counter = IntArray.fromElements(1);
        TaskGraph graph =
                new TaskGraph("g").transferToDevice(EVERY, counter).task("t", ContractKernels::addOne, counter);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            assertEquals(1, counter.get(0));
            assertEquals(4, plan.getCurrentDeviceMemoryUsage());
        }
        assertEquals(1, counter.get(0));
    }

    @Test
    void sharesOneBufferBetweenTheGraphsOfAPlan() throws TornadoExecutionPlanException {
        FloatArray weights = FloatArray.fromElements(1, 2, 3);
        FloatArray out = new FloatArray(3);
        TaskGraph prefill = new TaskGraph("prefill")
                .transferToDevice(FIRST, weights)
                .task("t", ContractKernels::twice, weights, out)
                .transferToHost(EVERY, out);
        TaskGraph decode = new TaskGraph("decode")
                .transferToDevice(FIRST, weights)
                .task("t", ContractKernels::twice, weights, out)
                .transferToHost(EVERY, out);
        try (TornadoExecutionPlan plan = plan(prefill, decode)) {
            plan.execute();
            assertEquals(2 * 3 * Float.BYTES, plan.getCurrentDeviceMemoryUsage());
            assertEquals(6, out.get(2));
        }
    }

    @Test
    void startsAnewOnAnotherDevice() throws TornadoExecutionPlanException {
        IntArray counter = IntArray.fromElements(1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, counter)
                .task("t", ContractKernels::addOne, counter)
                .transferToHost(EVERY, counter);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            plan.withDevice(Devices.installed().find("reference")).execute();
            assertEquals(3, counter.get(0));
            assertEquals(0, plan.getCurrentDeviceMemoryUsage());
            plan.withDevice(device()).execute();
            assertEquals(4, counter.get(0));
        }
    }
}
