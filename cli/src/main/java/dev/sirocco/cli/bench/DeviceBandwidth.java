package dev.sirocco.cli.bench;

import dev.sirocco.cli.device.ListedDevice;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * How fast a device reads and copies its memory when nothing else is to be done: what generating tokens is measured by.
 *
 * @param readGigabytes 10^9 bytes read in a second
 * @param copyGigabytes 10^9 bytes read or written in a second by a copy, of which half are read
 */
public record DeviceBandwidth(double readGigabytes, double copyGigabytes) {
    /** Of a device that no bandwidth bounds. */
    public static final DeviceBandwidth UNKNOWN = new DeviceBandwidth(0, 0);

    /** Several times the caches of processors and graphics cards. */
    private static final int MAX_BYTES = 512 << 20;

    /** Numbers that each work-item adds. */
    private static final int READS = 32;

    /**
     * Work-items that read 2 KiB of memory together, neighbours neighbouring numbers: 64 bytes at a time, the line of a
     * processor's cache and two sectors of a graphics card's. 16 and 64 of them read more slowly on a processor.
     */
    private static final int TOGETHER = 8;

    private static final int PASSES = 8;

    /** {@return the best of some passes of each} */
    public static DeviceBandwidth measure(TornadoDevice device, ListedDevice description) {
        long most = Math.min(description.maxAllocationBytes(), description.memoryBytes() / 8);
        int items = Math.toIntExact(Math.min(MAX_BYTES, most) / Long.BYTES / READS / TOGETHER) * TOGETHER;
        LongArray numbers = new LongArray(items * READS);
        numbers.init(1); // memory that was never written is one page of zeroes, read from the cache
        LongArray sums = new LongArray(items);
        LongArray copies = new LongArray(items * READS);
        TaskGraph reads = new TaskGraph("bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("read", DeviceBandwidth::read, numbers, sums, items, READS, TOGETHER)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        TaskGraph copying = new TaskGraph("copy_bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("copy", DeviceBandwidth::copy, numbers, copies, items * READS)
                .transferToHost(DataTransferMode.UNDER_DEMAND, copies);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(reads.snapshot(), copying.snapshot())) {
            plan.withDevice(device).withAllGraphs().withPreCompilation();
            long read = best(plan, 0);
            if (sums.get(items - 1) != READS) {
                throw new IllegalStateException(
                        device.getDeviceName() + " adds up " + READS + " ones to " + sums.get(items - 1));
            }
            double bytes = numbers.getNumBytesOfSegment();
            return new DeviceBandwidth(bytes / read, 2 * bytes / best(plan, 1));
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device memory could not be given back", e);
        }
    }

    /** {@return nanoseconds of a graph's kernel, in the fastest of some passes} */
    private static long best(TornadoExecutionPlan plan, int graph) {
        plan.withGraph(graph).execute();
        plan.withProfiler(ProfilerMode.SILENT); // where sums go to the host, that is no part of reading
        long best = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            long nanos = plan.withGraph(graph).execute().getProfilerResult().getDeviceKernelTime();
            best = nanos > 0 ? Math.min(best, nanos) : best;
        }
        plan.withoutProfiler();
        return best;
    }

    private static void copy(LongArray numbers, LongArray copies, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            copies.set(i, numbers.get(i));
        }
    }

    private static void read(LongArray numbers, LongArray sums, int items, int reads, int together) {
        for (@Parallel int i = 0; i < items; i++) {
            int first = i / together * together * reads + i % together;
            long sum = 0;
            for (int k = 0; k < reads; k++) {
                sum += numbers.get(first + k * together);
            }
            sums.set(i, sum);
        }
    }
}
