package dev.sirocco.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.reference.ReferenceDriver;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a plan refuses, and what an execution costs. */
final class EmbeddedPlanTest {
    private static final Task1<IntArray> ADD_ONE = EmbeddedPlanTest::addOne;
    private static final Task2<KernelContext, IntArray> SET_IDS = EmbeddedPlanTest::setIds;
    private static final ExecutionSettings SETTINGS = ExecutionSettings.DEFAULT;

    private final Device reference = new ReferenceDriver().devices().getFirst();

    private static void addOne(IntArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) + 1);
        }
    }

    private static void setIds(KernelContext context, IntArray x) {
        x.set(context.globalIdx, context.globalIdx);
    }

    private EmbeddedPlan plan(GraphDescription... graphs) {
        return new EmbeddedPlan(List.of(graphs), _ -> reference, false);
    }

    private static GraphDescription graph(String name, GraphStep... steps) {
        return new GraphDescription(name, List.of(steps));
    }

    private static GraphStep.RunTask increment(IntArray x) {
        return new GraphStep.RunTask("t", ADD_ONE, List.of(x));
    }

    private static GraphDescription ids(IntArray x) {
        return graph("g", new GraphStep.RunTask("ids", SET_IDS, List.of(new KernelContext(), x)));
    }

    private static void assertRefuses(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(TornadoRuntimeException.class, action::run).getMessage());
    }

    @Test
    void refusesToConsumeWhatNobodyPersists() {
        IntArray x = new IntArray(4);
        var producer = graph("a", increment(x));
        var consumer = graph("b", new GraphStep.Consume("a", List.of(x)), increment(x));
        try (EmbeddedPlan plan = plan(producer, consumer)) {
            assertRefuses(
                    "Task graph 'b' consumes the IntArray of 4 elements that is argument 1 of task b.t, but graph 'a' has "
                            + "not run since device memory was empty; use persistOnDevice there, or transferToDevice here",
                    () -> plan.execute(1, SETTINGS));
            plan.execute(0, SETTINGS);
            assertRefuses(
                    "Task graph 'b' consumes the IntArray of 4 elements that is argument 1 of task b.t, but graph 'a', "
                            + "which it comes from, does not persist it; use persistOnDevice there, or transferToDevice"
                            + " here",
                    () -> plan.execute(1, SETTINGS));
        }
    }

    @Test
    void refusesToConsumeFromTheLastGraphWhenThatDoesNotPersist() {
        IntArray x = new IntArray(1);
        IntArray other = new IntArray(1);
        var producer = graph("a", increment(x), new GraphStep.Persist(List.of(x)));
        var between = graph("b", increment(other));
        var consumer = graph("c", new GraphStep.Consume("", List.of(x)), increment(x));
        try (EmbeddedPlan plan = plan(producer, between, consumer)) {
            assertThrows(TornadoRuntimeException.class, () -> plan.execute(2, SETTINGS));
            plan.execute(0, SETTINGS);
            plan.execute(2, SETTINGS);
            plan.execute(2, SETTINGS);
            assertEquals(3, x.get(0));
            plan.execute(1, SETTINGS);
            String message = assertThrows(TornadoRuntimeException.class, () -> plan.execute(2, SETTINGS))
                    .getMessage();
            assertTrue(message.contains("graph 'b', which it comes from, does not persist it"), message);
        }
    }

    @Test
    void refusesToConsumeAfterMemoryWasFreed() {
        IntArray x = new IntArray(1);
        var producer = graph("a", increment(x), new GraphStep.Persist(List.of(x)));
        var consumer = graph("b", new GraphStep.Consume("a", List.of(x)), increment(x));
        try (EmbeddedPlan plan = plan(producer, consumer)) {
            plan.execute(0, SETTINGS);
            plan.execute(1, SETTINGS);
            plan.freeDeviceMemory();
            assertThrows(TornadoRuntimeException.class, () -> plan.execute(1, SETTINGS));
        }
    }

    @Test
    void refusesToTransferWhatNoExecutedGraphUses() {
        IntArray x = new IntArray(2);
        var graph = graph("a", increment(x), new GraphStep.TransferToHost(DataTransferMode.UNDER_DEMAND, List.of(x)));
        try (EmbeddedPlan plan = plan(graph)) {
            assertRefuses(
                    "Cannot transfer the IntArray of 2 elements that is argument 1 of task a.t to the host: no graph that "
                            + "has run uses it",
                    () -> plan.transferToHost(x));
            plan.execute(0, SETTINGS);
            plan.transferToHost(x);
            assertRefuses(
                    "Cannot transfer the IntArray of 5 elements to the host: no graph that has run uses it",
                    () -> plan.transferToHost(new IntArray(5)));
        }
    }

    @Test
    void refusesAContextKernelWithoutAGrid() {
        try (EmbeddedPlan plan = plan(ids(new IntArray(4)))) {
            assertRefuses(
                    "Task g.ids: its kernel takes a KernelContext, and the plan has no grid scheduler; call "
                            + "plan.withGridScheduler(new GridScheduler(\"g.ids\", new WorkerGrid1D(…)))",
                    () -> plan.execute(0, SETTINGS));
            var misspelt = SETTINGS.withGridScheduler(new GridScheduler("g.id", new WorkerGrid1D(4)));
            String message = assertThrows(TornadoRuntimeException.class, () -> plan.execute(0, misspelt))
                    .getMessage();
            assertTrue(message.contains("has no grid for it, only for [g.id]"), message);
        }
    }

    @Test
    void refusesGridsWhoseSizesDoNotFit() {
        try (EmbeddedPlan plan = plan(ids(new IntArray(4)))) {
            WorkerGrid grid = new WorkerGrid1D(4);
            var settings = SETTINGS.withGridScheduler(new GridScheduler("g.ids", grid));
            assertRefuses(
                    "Task g.ids: its worker grid has no local size; call setLocalWork(x, y, z) with sizes that divide the "
                            + "global work [4, 1, 1]",
                    () -> plan.execute(0, settings));
            grid.setLocalWork(3, 1, 1);
            assertRefuses(
                    "Task g.ids: the local work [3, 1, 1] does not divide the global work [4, 1, 1]; round the global "
                            + "work up and let the kernel skip what is past the end",
                    () -> plan.execute(0, settings));
            grid.setLocalWork(2, 1, 1);
            plan.execute(0, settings);
            grid.setLocalWork(3, 1, 1);
            assertThrows(TornadoRuntimeException.class, () -> plan.execute(0, settings));
            grid.setLocalWork(1, 1, 1);
            grid.setGlobalOffset(1, 0, 0);
            String message = assertThrows(TornadoRuntimeException.class, () -> plan.execute(0, settings))
                    .getMessage();
            assertTrue(message.contains("a global offset is not supported"), message);
        }
    }

    @Test
    void refusesJavaArraysWithTheTypeToUse() {
        assertRefuses(
                "Task graph 'g': transferToDevice was given a float[]; arrays of kernels are "
                        + "uk.ac.manchester.tornado.api.types.arrays types such as FloatArray",
                () -> plan(graph("g", new GraphStep.TransferToDevice(0, List.of(new float[3])))));
    }

    @Test
    void refusesCompilerFlagsInsteadOfIgnoringThem() {
        try (EmbeddedPlan plan = plan(graph("g", increment(new IntArray(1))))) {
            assertRefuses(
                    "The device reference takes no compiler flags, and was given '-cl-mad-enable'; leave out "
                            + "withCompilerFlags for it",
                    () -> plan.execute(0, SETTINGS.withCompilerFlags("-cl-mad-enable")));
        }
    }

    @Test
    void refusesToRunOnceClosed() {
        EmbeddedPlan plan = plan(graph("g", increment(new IntArray(1))));
        plan.close();
        plan.close();
        assertRefuses("The execution plan of [g] is closed", () -> plan.execute(0, SETTINGS));
    }

    @Test
    void allocatesNothingOnceBound() {
        IntArray x = new IntArray(1);
        IntArray y = new IntArray(1);
        List<GraphStep> steps = new ArrayList<>();
        steps.add(new GraphStep.TransferToDevice(DataTransferMode.EVERY_EXECUTION, List.of(x)));
        for (int i = 0; i < 20; i++) {
            steps.add(new GraphStep.RunTask("t" + i, ADD_ONE, List.of(y)));
        }
        steps.add(new GraphStep.RunTask("ids", SET_IDS, List.of(new KernelContext(), x)));
        steps.add(new GraphStep.TransferToHost(DataTransferMode.EVERY_EXECUTION, List.of(y)));
        WorkerGrid grid = new WorkerGrid1D(1);
        grid.setLocalWork(1, 1, 1);
        var settings = SETTINGS.withGridScheduler(new GridScheduler("g.ids", grid));
        Device idle = new IdleDevice();
        try (var plan = new EmbeddedPlan(List.of(new GraphDescription("g", steps)), _ -> idle, false)) {
            for (int i = 0; i < 1000; i++) {
                plan.execute(0, settings);
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                plan.execute(0, settings);
            }
            long perExecution = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
            assertEquals(0, perExecution);
        }
    }
}
