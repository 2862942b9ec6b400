package dev.sirocco.cli.bench;

import dev.sirocco.cli.device.ListedDevice;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How fast a device reads its memory when nothing else is to be done: what generating tokens is measured by. */
public final class DeviceBandwidth {
    /** Several times the caches of processors and graphics cards. */
    private static final int MAX_BYTES = 512 << 20;

    /** Numbers that each work-item adds; neighbours read neighbours. */
    private static final int READS = 32;

    private static final int PASSES = 8;

    private DeviceBandwidth() {}

    /** {@return 10^9 bytes a second: the best of some passes} */
    public static double measure(TornadoDevice device, ListedDevice description) {
        long most = Math.min(description.maxAllocationBytes(), description.memoryBytes() / 4);
        int items = Math.toIntExact(Math.min(MAX_BYTES, most) / Integer.BYTES / READS);
        IntArray numbers = new IntArray(items * READS);
        numbers.init(1); // memory that was never written is one page of zeroes, read from the cache
        IntArray sums = new IntArray(items);
        TaskGraph graph = new TaskGraph("bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("read", DeviceBandwidth::read, numbers, sums, items, READS)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
            long best = Long.MAX_VALUE;
            plan.withProfiler(ProfilerMode.SILENT); // where sums go to the host, that is no part of reading
            for (int pass = 0; pass < PASSES; pass++) {
                long nanos = plan.execute().getProfilerResult().getDeviceKernelTime();
                best = nanos > 0 ? Math.min(best, nanos) : best;
            }
            if (sums.get(items - 1) != READS) {
                throw new IllegalStateException(
                        device.getDeviceName() + " adds up " + READS + " ones to " + sums.get(items - 1));
            }
            return (double) numbers.getNumBytesOfSegment() / best;
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device memory could not be given back", e);
        }
    }

    private static void read(IntArray numbers, IntArray sums, int items, int reads) {
        for (@Parallel int i = 0; i < items; i++) {
            int sum = 0;
            for (int k = 0; k < reads; k++) {
                sum += numbers.get(k * items + i);
            }
            sums.set(i, sum);
        }
    }
}
