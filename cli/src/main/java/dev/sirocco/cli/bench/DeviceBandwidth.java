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

    /** Numbers that each work-item adds where neighbours read neighbouring numbers. */
    private static final int READS = 32;

    /** Numbers of a row that one work-item adds: 2 KiB, eight numbers at a time. */
    private static final int ROW = 256;

    /**
     * Work-items that read 2 KiB of memory together, neighbours neighbouring numbers: 64 bytes at a time, the line of a
     * processor's cache and two sectors of a graphics card's. 16 and 64 of them read more slowly on a processor.
     */
    private static final int TOGETHER = 8;

    private static final int PASSES = 8;

    /** {@return the best of some passes of each; of reading, in the way that suits the device better} */
    public static DeviceBandwidth measure(TornadoDevice device, ListedDevice description) {
        long most = Math.min(description.maxAllocationBytes(), description.memoryBytes() / 8);
        int rowCount = Math.toIntExact(Math.min(MAX_BYTES, most) / Long.BYTES / ROW);
        int items = rowCount * ROW / READS;
        LongArray numbers = new LongArray(items * READS);
        numbers.init(1); // memory that was never written is one page of zeroes, read from the cache
        LongArray sums = new LongArray(items);
        LongArray rowSums = new LongArray(rowCount);
        LongArray copies = new LongArray(items * READS);
        TaskGraph reads = new TaskGraph("bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("read", DeviceBandwidth::read, numbers, sums, items, READS, TOGETHER)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        TaskGraph rows = new TaskGraph("row_bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("read", DeviceBandwidth::readRows, numbers, rowSums, rowCount, ROW)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, rowSums);
        TaskGraph copying = new TaskGraph("copy_bandwidth")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, numbers)
                .task("copy", DeviceBandwidth::copy, numbers, copies, items * READS)
                .transferToHost(DataTransferMode.UNDER_DEMAND, copies);
        try (TornadoExecutionPlan plan =
                new TornadoExecutionPlan(reads.snapshot(), rows.snapshot(), copying.snapshot())) {
            plan.withDevice(device).withAllGraphs().withPreCompilation();
            long read = Math.min(best(plan, 0), best(plan, 1));
            check(device, READS, sums);
            check(device, ROW, rowSums);
            double bytes = numbers.getNumBytesOfSegment();
            return new DeviceBandwidth(bytes / read, 2 * bytes / best(plan, 2));
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device memory could not be given back", e);
        }
    }

    private static void check(TornadoDevice device, int ones, LongArray sums) {
        long last = sums.get(sums.getSize() - 1);
        if (last != ones) {
            throw new IllegalStateException(device.getDeviceName() + " adds up " + ones + " ones to " + last);
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

    private static void readRows(LongArray numbers, LongArray sums, int rows, int row) {
        for (@Parallel int i = 0; i < rows; i++) {
            long sum0 = 0;
            long sum1 = 0;
            long sum2 = 0;
            long sum3 = 0;
            for (int k = 0; k < row; k += 8) {
                int at = i * row + k;
                sum0 += numbers.get(at) + numbers.get(at + 4);
                sum1 += numbers.get(at + 1) + numbers.get(at + 5);
                sum2 += numbers.get(at + 2) + numbers.get(at + 6);
                sum3 += numbers.get(at + 3) + numbers.get(at + 7);
            }
            sums.set(i, sum0 + sum1 + sum2 + sum3);
        }
    }
}
