package uk.ac.manchester.tornado.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class TornadoExecutionPlanTest {
    private final FloatArray x = new FloatArray(4);
    private final TornadoExecutionPlan plan = new TornadoExecutionPlan(graph("a"), graph("b"), graph("c"));
    private final RecordingRuntime.Executor executor =
            RecordingRuntime.instance().lastExecutor();

    private ImmutableTaskGraph graph(String name) {
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, x)
                .task("first", TaskGraphTest::scale, x, 2f)
                .task("second", TaskGraphTest::scale, x, 3f)
                .transferToHost(DataTransferMode.UNDER_DEMAND, x)
                .snapshot();
    }

    @Test
    void handsTheGraphsToTheRuntimeInOrder() {
        assertEquals(
                List.of("a", "b", "c"),
                executor.graphs.stream().map(graph -> graph.name()).toList());
        assertEquals(List.of(), executor.calls);
    }

    @Test
    void runsAllGraphsInOrderByDefault() {
        plan.execute();
        assertEquals(List.of("execute 0", "execute 1", "execute 2"), executor.calls);
    }

    @Test
    void runsTheSelectedGraphUntilAllAreSelected() {
        plan.withGraph(1).execute();
        plan.execute();
        plan.withGraph(2).execute();
        plan.withAllGraphs().execute();
        assertEquals(
                List.of("execute 1", "execute 1", "execute 2", "execute 0", "execute 1", "execute 2"), executor.calls);
    }

    @Test
    void allocatesNothingWhenItExecutesAgain() {
        TornadoExecutionPlan quiet = new TornadoExecutionPlan(graph("quiet"));
        RecordingRuntime.Executor counting = RecordingRuntime.instance().lastExecutor();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        // The first rounds pay for classes that are loaded and call sites that are linked.
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                quiet.withGraph(0).execute();
                counting.calls.clear();
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(bytes < 1000, bytes + " bytes for 1000 executions");
    }

    @Test
    void refusesGraphsThatItDoesNotHave() {
        refuses(() -> plan.withGraph(3), "There is no graph 3 in this plan: it has 3, counted from 0");
        refuses(() -> plan.withGraph(-1), "no graph -1");
        plan.execute();
        assertEquals(3, executor.calls.size());
    }

    @Test
    void refusesToBeMadeOfNothing() {
        refuses(() -> new TornadoExecutionPlan(), "at least one task graph");
        refuses(() -> new TornadoExecutionPlan(graph("a"), null), "Task graph 1 of the execution plan is null");
    }

    @Test
    void refusesAGraphThatConsumesFromOutsideOfThePlan() {
        ImmutableTaskGraph consumer =
                new TaskGraph("consumer").consumeFromDevice("missing", x).snapshot();
        refuses(() -> new TornadoExecutionPlan(graph("a"), consumer), "'consumer' consumes from 'missing'");
        ImmutableTaskGraph fine = new TaskGraph("fine")
                .consumeFromDevice("a", x)
                .consumeFromDevice(x)
                .snapshot();
        assertEquals(
                0,
                new TornadoExecutionPlan(fine, graph("a"))
                        .execute()
                        .getProfilerResult()
                        .getTotalTime());
    }

    @Test
    void compilesTheSelectedGraphsAhead() {
        plan.withGraph(1).withPreCompilation();
        plan.withAllGraphs().withPreCompilation();
        assertEquals(List.of("compile 1", "compile 0", "compile 1", "compile 2"), executor.calls);
    }

    @Test
    void warmsUpByExecuting() throws InterruptedException {
        plan.withGraph(0).withWarmUpIterations(3);
        assertEquals(List.of("execute 0", "execute 0", "execute 0"), executor.calls);
        executor.calls.clear();
        long start = System.nanoTime();
        plan.withWarmUpTime(20);
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assertFalse(executor.calls.isEmpty());
    }

    @Test
    void stopsWarmingUpWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> plan.withWarmUpTime(600_000));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void passesDeviceAndPrintingToTheRuntime() {
        TornadoDevice device = TornadoExecutionPlan.getDevice(1, 0);
        plan.withDevice(device).withPrintKernel().execute();
        assertEquals(device, executor.settings.device());
        assertTrue(executor.settings.printKernel());
        plan.withoutPrintKernel().execute();
        assertFalse(executor.settings.printKernel());
        refuses(() -> plan.withDevice(null), "withDevice is null");
    }

    @Test
    void findsDevicesByBackendAndIndex() {
        assertEquals("OPENCL-1", TornadoExecutionPlan.getDevice(0, 1).getDeviceName());
        assertEquals(2, TornadoRuntimeProvider.getTornadoRuntime().getNumBackends());
        assertThrows(TornadoBackendNotFound.class, () -> TornadoExecutionPlan.getDevice(2, 0));
        assertThrows(TornadoDeviceNotFound.class, () -> TornadoExecutionPlan.getDevice(0, 2));
    }

    @Test
    void usesTheCompilerFlagsOfTheBackendThatItsDeviceBelongsTo() {
        plan.withCompilerFlags(TornadoVMBackendType.OPENCL, "-cl-mad-enable")
                .withCompilerFlags(TornadoVMBackendType.PTX, "-O3")
                .execute();
        assertEquals("-cl-mad-enable", executor.settings.compilerFlags());
        plan.withDevice(TornadoExecutionPlan.getDevice(1, 0)).execute();
        assertEquals("-O3", executor.settings.compilerFlags());
    }

    @Test
    void passesGridsUntilTheDefaultSchedulerIsAskedFor() {
        GridScheduler scheduler = new GridScheduler("b.second", new WorkerGrid1D(64));
        plan.withGridScheduler(scheduler).execute();
        assertSame(scheduler, executor.settings.gridScheduler());
        plan.withDefaultScheduler().execute();
        assertNull(executor.settings.gridScheduler());
    }

    @Test
    void refusesGridsOfNoneOfItsTasks() {
        GridScheduler scheduler = new GridScheduler("b.secnod", new WorkerGrid1D(64));
        refuses(() -> plan.withGridScheduler(scheduler), "names no task of this plan as graph.task: [b.secnod]");
        refuses(() -> plan.withGridScheduler(null), "withGridScheduler is null");
    }

    @Test
    void sumsTheProfileOverItsGraphs() {
        TornadoProfilerResult one =
                plan.withProfiler(ProfilerMode.SILENT).withGraph(0).execute().getProfilerResult();
        assertEquals(100, one.getTotalTime());
        assertEquals(40, one.getCompileTime());
        assertEquals(42, one.getDeviceKernelTime());
        assertEquals(5, one.getDeviceWriteTime());
        assertEquals(7, one.getDeviceReadTime());
        assertEquals(12, one.getDataTransfersTime());
        assertEquals(64, one.getTotalBytesCopyIn());
        assertEquals(16, one.getTotalBytesCopyOut());
        assertEquals(80, one.getTotalBytesTransferred());
        assertEquals(4096, one.getTotalDeviceMemoryUsage());
        assertEquals(300, plan.withAllGraphs().execute().getProfilerResult().getTotalTime());
        assertEquals(100, one.getTotalTime(), "a result keeps its own figures");
        assertEquals(0, plan.withoutProfiler().execute().getProfilerResult().getTotalTime());
    }

    @Test
    void writesTheProfileAsJson() {
        String log = plan.withProfiler(ProfilerMode.SILENT)
                .withGraph(1)
                .execute()
                .getProfilerResult()
                .getProfileLog();
        assertEquals("""
                {
                    "b": {
                        "TOTAL_TASK_GRAPH_TIME": "100",
                        "TOTAL_KERNEL_TIME": "42",
                        "COPY_IN_TIME": "5",
                        "COPY_OUT_TIME": "7",
                        "TOTAL_COPY_IN_SIZE_BYTES": "64",
                        "TOTAL_COPY_OUT_SIZE_BYTES": "16",
                        "b.first": {
                            "TASK_KERNEL_TIME": "30"
                        },
                        "b.second": {
                            "TASK_KERNEL_TIME": "12"
                        }
                    }
                }""", log);
        assertEquals("{}", plan.withoutProfiler().execute().getProfilerResult().getProfileLog());
    }

    @Test
    void printsTheProfileToStandardErrorInConsoleMode() {
        PrintStream original = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            plan.withProfiler(ProfilerMode.CONSOLE).withGraph(0).execute();
        } finally {
            System.setErr(original);
        }
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("\"a.first\""), printed::toString);
    }

    @Test
    void fetchesArraysThatWereLeftOnTheDevice() {
        TornadoExecutionResult result = plan.withGraph(0).execute();
        assertSame(result, result.transferToHost(x, x));
        assertEquals(List.of("execute 0", "transfer 2"), executor.calls);
    }

    @Test
    void givesDeviceMemoryBack() {
        assertEquals(4096, plan.getCurrentDeviceMemoryUsage());
        plan.freeDeviceMemory();
        assertEquals(List.of("free"), executor.calls);
    }

    @Test
    void closesOnceAndRefusesToGoOn() throws TornadoExecutionPlanException {
        TornadoExecutionResult result = plan.withGraph(0).execute();
        plan.close();
        plan.close();
        assertEquals(List.of("execute 0", "close"), executor.calls);
        refuses(plan::execute, "closed");
        refuses(plan::withPreCompilation, "closed");
        refuses(() -> result.transferToHost(x), "closed");
        assertEquals(0, plan.getCurrentDeviceMemoryUsage());
    }

    @Test
    void saysWhyItCannotBeClosed() {
        executor.failure = new IllegalStateException("device lost");
        TornadoExecutionPlanException error = assertThrows(TornadoExecutionPlanException.class, plan::close);
        assertEquals("The execution plan cannot be closed: device lost", error.getMessage());
        assertSame(executor.failure, error.getCause());
    }

    private static void refuses(Executable statement, String reason) {
        TornadoRuntimeException error = assertThrows(TornadoRuntimeException.class, statement);
        assertTrue(error.getMessage().contains(reason), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }
}
