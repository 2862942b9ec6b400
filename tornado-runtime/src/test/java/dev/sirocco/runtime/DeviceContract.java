package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** What task graphs do on every device, whether or not it shares the host's memory. */
abstract class DeviceContract {
    private static final int FIRST = DataTransferMode.FIRST_EXECUTION;
    private static final int EVERY = DataTransferMode.EVERY_EXECUTION;
    private static final int ON_DEMAND = DataTransferMode.UNDER_DEMAND;

    /** {@return the id of the device under test} */
    abstract String id();

    /** {@return whether arrays that are transferred at every execution are copied, even where memory is shared} */
    boolean copiesWhatTheHostWrites() {
        return !Devices.installed().describe(device()).sharesHostMemory();
    }

    final TornadoDevice device() {
        return Devices.installed().find(id());
    }

    final TornadoExecutionPlan plan(TaskGraph... graphs) {
        var snapshots = new uk.ac.manchester.tornado.api.ImmutableTaskGraph[graphs.length];
        for (int i = 0; i < graphs.length; i++) {
            snapshots[i] = graphs[i].snapshot();
        }
        return new TornadoExecutionPlan(snapshots).withDevice(device());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1023, 4098})
    void runsParallelLoopsOfAnyLength(int length) throws TornadoExecutionPlanException {
        FloatArray x = new FloatArray(length);
        FloatArray y = new FloatArray(length);
        for (int i = 0; i < length; i++) {
            x.set(i, i);
            y.set(i, 1);
        }
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, x, y)
                .task("axpy", ContractKernels::scaleAndAdd, x, y, 0.5f)
                .transferToHost(EVERY, y);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            plan.execute();
        }
        for (int i = 0; i < length; i++) {
            assertEquals(1 + i, y.get(i));
        }
    }

    @Test
    void runsNestedParallelLoops() throws TornadoExecutionPlanException {
        IntArray table = new IntArray(7 * 11);
        TaskGraph graph = new TaskGraph("g")
                .task("table", ContractKernels::multiplyTable, table, 7, 11)
                .transferToHost(EVERY, table);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
        }
        for (int i = 0; i < 77; i++) {
            assertEquals((i / 11) * (i % 11), table.get(i));
        }
    }

    @Test
    void passesScalarsOfEveryType() throws TornadoExecutionPlanException {
        DoubleArray out = new DoubleArray(6);
        TaskGraph graph = new TaskGraph("g")
                .task(
                        "scalars",
                        ContractKernels::allScalars,
                        out,
                        (byte) -3,
                        (short) -300,
                        -70_000,
                        -5_000_000_000L,
                        0.25f,
                        0.1)
                .transferToHost(EVERY, out);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
        }
        double[] values = IntStream.range(0, 6).mapToDouble(out::get).toArray();
        assertArrayEquals(new double[] {-3, -300, -70_000, -5_000_000_000.0, 0.25, 0.1}, values);
    }

    @Test
    void readsSignedBytesAndShorts() throws TornadoExecutionPlanException {
        ByteArray bytes = ByteArray.fromElements((byte) -128, (byte) 127, (byte) -1);
        ShortArray shorts = ShortArray.fromElements((short) -32768, (short) 32767, (short) 5);
        LongArray products = new LongArray(3);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, bytes, shorts)
                .task("widen", ContractKernels::widen, bytes, shorts, products)
                .transferToHost(EVERY, products);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
        }
        assertEquals(128L * 32768, products.get(0));
        assertEquals(127L * 32767, products.get(1));
        assertEquals(-5, products.get(2));
    }

    @Test
    void runsTasksOfOneGraphInOrder() throws TornadoExecutionPlanException {
        IntArray x = IntArray.fromElements(5, 6);
        TaskGraph graph = new TaskGraph("g").transferToDevice(EVERY, x);
        for (int i = 0; i < 10; i++) {
            graph.task("t" + i, ContractKernels::addOne, x);
        }
        graph.transferToHost(EVERY, x);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            assertEquals(15, x.get(0));
            plan.execute();
            assertEquals(26, x.get(1));
        }
    }

    @Test
    void handsPersistedArraysFromGraphToGraph() throws TornadoExecutionPlanException {
        FloatArray in = FloatArray.fromElements(1, 2, 3);
        FloatArray middle = new FloatArray(3);
        FloatArray out = new FloatArray(3);
        TaskGraph first = new TaskGraph("first")
                .transferToDevice(EVERY, in)
                .task("twice", ContractKernels::twice, in, middle)
                .persistOnDevice(middle);
        TaskGraph named = new TaskGraph("named")
                .consumeFromDevice("first", middle)
                .task("again", ContractKernels::twice, middle, out)
                .transferToHost(EVERY, out);
        TaskGraph unnamed = new TaskGraph("unnamed")
                .consumeFromDevice(middle)
                .task("inPlace", ContractKernels::twice, middle, middle)
                .task("again", ContractKernels::twice, middle, out)
                .transferToHost(ON_DEMAND, out);
        try (TornadoExecutionPlan plan = plan(first, named, unnamed)) {
            plan.withGraph(0).execute();
            plan.withGraph(1).execute();
            assertEquals(12, out.get(2));
            plan.withGraph(2).execute().transferToHost(out);
            assertEquals(24, out.get(2));
            plan.withGraph(2).execute().transferToHost(out);
            assertEquals(48, out.get(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"6,1,1,3,1,1", "4,6,1,2,3,1", "4,2,6,2,1,3", "5,3,2,1,1,1"})
    void givesWorkItemsTheirIds(int gx, int gy, int gz, int lx, int ly, int lz) throws TornadoExecutionPlanException {
        int size = gx * gy * gz;
        IntArray global = new IntArray(size);
        IntArray group = new IntArray(size);
        IntArray local = new IntArray(size);
        WorkerGrid grid = new WorkerGrid3D(gx, gy, gz);
        grid.setLocalWork(lx, ly, lz);
        TaskGraph graph = new TaskGraph("g")
                .task("ids", ContractKernels::ids, new KernelContext(), global, group, local)
                .transferToHost(EVERY, global, group, local);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(new GridScheduler("g.ids", grid))) {
            plan.execute();
        }
        for (int z = 0; z < gz; z++) {
            for (int y = 0; y < gy; y++) {
                for (int x = 0; x < gx; x++) {
                    int at = (z * gy + y) * gx + x;
                    assertEquals(x + 100 * y + 10000 * z, global.get(at));
                    assertEquals(x / lx + 100 * (y / ly) + 10000 * (z / lz), group.get(at));
                    assertEquals(x % lx + 100 * (y % ly) + 10000 * (z % lz), local.get(at));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 64})
    void reducesInLocalMemoryBetweenBarriers(int groupSize) throws TornadoExecutionPlanException {
        int groups = 5;
        FloatArray x = new FloatArray(groups * groupSize);
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, i + 1);
        }
        FloatArray sums = new FloatArray(groups);
        WorkerGrid grid = new WorkerGrid1D(x.getSize());
        grid.setLocalWork(groupSize, 1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, x)
                .task("sum", ContractKernels::groupSums, new KernelContext(), x, sums)
                .transferToHost(EVERY, sums);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(new GridScheduler("g.sum", grid))) {
            plan.execute();
        }
        for (int group = 0; group < groups; group++) {
            float mean = group * groupSize + (groupSize + 1) / 2f;
            assertEquals(mean * groupSize, sums.get(group));
        }
    }

    @Test
    void keepsLocalArraysApart() throws TornadoExecutionPlanException {
        IntArray x = IntArray.fromElements(1, 2, 3, 4, 5, 6);
        IntArray y = new IntArray(6);
        WorkerGrid grid = new WorkerGrid1D(6);
        grid.setLocalWork(3, 1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, x)
                .task("reverse", ContractKernels::reverseGroups, new KernelContext(), x, y)
                .transferToHost(EVERY, y);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(new GridScheduler("g.reverse", grid))) {
            plan.execute();
        }
        assertArrayEquals(new int[] {3, 2, 1, 6, 5, 4}, y.toHeapArray());
    }

    @Test
    void multipliesHalvesInLocalMemory() throws TornadoExecutionPlanException {
        FloatArray x = FloatArray.fromElements(0.1f, 3, -2049, 1e-7f, 300, 300);
        HalfFloatArray y = new HalfFloatArray(6);
        WorkerGrid grid = new WorkerGrid1D(6);
        grid.setLocalWork(3, 1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, x)
                .task("multiply", ContractKernels::halfProducts, new KernelContext(), x, y)
                .transferToHost(EVERY, y);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(new GridScheduler("g.multiply", grid))) {
            plan.execute();
        }
        for (int i = 0; i < 6; i++) {
            HalfFloat value = new HalfFloat(x.get(i));
            HalfFloat mirrored = new HalfFloat(x.get(i / 3 * 3 + 2 - i % 3));
            assertEquals(HalfFloat.mult(value, mirrored).getFloat32(), y.get(i).getFloat32());
        }
    }

    @Test
    void addsAtomically() throws TornadoExecutionPlanException {
        IntArray values = new IntArray(512);
        for (int i = 0; i < 512; i++) {
            values.set(i, i % 3);
        }
        IntArray counts = new IntArray(3);
        WorkerGrid grid = new WorkerGrid1D(512);
        grid.setLocalWork(64, 1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, values, counts)
                .task("count", ContractKernels::histogram, new KernelContext(), values, counts)
                .transferToHost(EVERY, counts);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(new GridScheduler("g.count", grid))) {
            plan.execute();
        }
        assertArrayEquals(new int[] {171, 171, 170}, counts.toHeapArray());
    }

    @Test
    void followsGridsThatChangeBetweenExecutions() throws TornadoExecutionPlanException {
        FloatArray x = new FloatArray(8);
        x.init(1);
        FloatArray sums = new FloatArray(4);
        WorkerGrid grid = new WorkerGrid1D(8);
        grid.setLocalWork(4, 1, 1);
        GridScheduler scheduler = new GridScheduler("g.sum", grid);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, x, sums)
                .task("sum", ContractKernels::groupSums, new KernelContext(), x, sums)
                .transferToHost(EVERY, sums);
        try (TornadoExecutionPlan plan = plan(graph).withGridScheduler(scheduler)) {
            plan.execute();
            assertArrayEquals(new float[] {4, 4, 0, 0}, sums.toHeapArray());
            grid.setLocalWork(2, 1, 1);
            plan.execute();
            assertArrayEquals(new float[] {2, 2, 2, 2}, sums.toHeapArray());
            WorkerGrid other = new WorkerGrid1D(1);
            other.setLocalWork(1, 1, 1);
            scheduler.addWorkerGrid("g.sum", other);
            plan.execute();
            assertArrayEquals(new float[] {1, 2, 2, 2}, sums.toHeapArray());
        }
    }

    @Test
    void measuresEachTask() throws TornadoExecutionPlanException {
        FloatArray x = new FloatArray(100_000);
        FloatArray y = new FloatArray(100_000);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, x, y)
                .task("a", ContractKernels::scaleAndAdd, x, y, 1f)
                .task("b", ContractKernels::twice, x, y)
                .transferToHost(EVERY, y);
        try (TornadoExecutionPlan plan = plan(graph).withProfiler(ProfilerMode.SILENT)) {
            var first = plan.execute().getProfilerResult();
            assertTrue(first.getCompileTime() > 0);
            var profile = plan.execute().getProfilerResult();
            assertEquals(0, profile.getCompileTime());
            assertTrue(profile.getDeviceKernelTime() > 0);
            assertTrue(profile.getTotalTime() >= profile.getDeviceKernelTime());
            long copied = copiesWhatTheHostWrites() ? 400_000 : 0;
            assertEquals(2 * copied, profile.getTotalBytesCopyIn());
            assertEquals(copied, profile.getTotalBytesCopyOut());
            assertEquals(2 * copied, plan.getCurrentDeviceMemoryUsage());
            String log = profile.getProfileLog();
            assertTrue(log.contains("g.a") && log.contains("g.b"), log);
            assertEquals(0, plan.withoutProfiler().execute().getProfilerResult().getDeviceKernelTime());
        }
    }

    @Test
    void compilesBeforeTheFirstExecutionWhenAsked() throws TornadoExecutionPlanException {
        IntArray x = IntArray.fromElements(1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(EVERY, x)
                .task("t", ContractKernels::addOne, x)
                .transferToHost(EVERY, x);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.withPreCompilation().withProfiler(ProfilerMode.SILENT);
            assertEquals(1, x.get(0));
            assertEquals(0, plan.execute().getProfilerResult().getCompileTime());
            assertEquals(2, x.get(0));
        }
    }

    @Test
    void startsAnewAfterItsMemoryWasFreed() throws TornadoExecutionPlanException {
        IntArray x = IntArray.fromElements(1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(FIRST, x)
                .task("t", ContractKernels::addOne, x)
                .transferToHost(EVERY, x);
        try (TornadoExecutionPlan plan = plan(graph)) {
            plan.execute();
            plan.freeDeviceMemory();
            assertEquals(0, plan.getCurrentDeviceMemoryUsage());
            x.set(0, 10);
            plan.execute();
            assertArrayEquals(new int[] {11, 3}, x.toHeapArray());
        }
    }

    @Test
    void doesNotSeeWhatTheHostWritesAfterAnExecution() throws TornadoExecutionPlanException {
        IntArray x = IntArray.fromElements(1);
        IntArray sum = new IntArray(1);
        TaskGraph first = new TaskGraph("first").transferToDevice(EVERY, x).persistOnDevice(x);
        TaskGraph slow = new TaskGraph("slow").consumeFromDevice("first", x);
        for (int i = 0; i < 50; i++) {
            slow.task("t" + i, ContractKernels::accumulate, x, sum);
        }
        TaskGraph last = new TaskGraph("last")
                .task("t", ContractKernels::accumulate, x, sum)
                .transferToHost(EVERY, sum);
        TaskGraph begin = new TaskGraph("begin").transferToDevice(EVERY, sum);
        try (TornadoExecutionPlan plan = plan(first, slow, last, begin)) {
            plan.withGraph(3).execute();
            for (int round = 1; round <= 20; round++) {
                x.set(0, round);
                plan.withGraph(0).execute();
                plan.withGraph(1).execute();
            }
            x.set(0, 0);
            plan.withGraph(0).execute();
            plan.withGraph(2).execute();
        }
        assertEquals(50 * 20 * 21 / 2, sum.get(0));
    }
}
