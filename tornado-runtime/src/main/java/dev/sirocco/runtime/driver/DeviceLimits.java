package dev.sirocco.runtime.driver;

import java.util.List;

/**
 * How much a device takes. Sizes are bytes.
 *
 * @param memoryBytes        memory that the device can use
 * @param maxAllocationBytes the largest single array
 * @param localMemoryBytes   local memory of one work-group
 * @param maxWorkGroupSize   work-items of one work-group
 * @param maxWorkItemSizes   work-items of one work-group along x, y and z
 */
public record DeviceLimits(
        long memoryBytes,
        long maxAllocationBytes,
        long localMemoryBytes,
        int maxWorkGroupSize,
        List<Integer> maxWorkItemSizes) {
    public DeviceLimits {
        maxWorkItemSizes = List.copyOf(maxWorkItemSizes);
        if (maxWorkItemSizes.size() != 3) {
            throw new IllegalArgumentException("limits for x, y and z, not " + maxWorkItemSizes);
        }
    }

    /**
     * {@return the limits of a device that works in the host's memory and runs work-groups as loops}: nothing but an
     * int limits those
     */
    public static DeviceLimits ofHost() {
        long memory = HostMemory.totalBytes();
        int any = Integer.MAX_VALUE;
        return new DeviceLimits(memory, memory, memory, any, List.of(any, any, any));
    }
}
