package dev.sirocco.cli.device;

/**
 * What users are told of a device.
 *
 * @param id                 how they name it: {@code cpu}, {@code opencl:0}, {@code tornadovm:0:0} …
 * @param runtime            {@code embedded} or {@code tornadovm}
 * @param driver             the first part of the id, by which profiles find the device
 * @param kind               {@code cpu}, {@code gpu} or {@code accelerator}
 * @param platform           the name of the implementation that offers the device
 * @param vendor             who made the device
 * @param name               the vendor's name of the device
 * @param version            driver or compiler version
 * @param memoryBytes        memory that the device can use
 * @param maxAllocationBytes the largest single array
 * @param localMemoryBytes   local memory of one work-group
 * @param maxWorkGroupSize   work-items of one work-group
 * @param computeUnits       cores or multiprocessors
 * @param sharesHostMemory   kernels work on host arrays in place
 * @param fp16               half precision arithmetic
 * @param fp64               double precision arithmetic
 */
public record ListedDevice(
        String id,
        String runtime,
        String driver,
        String kind,
        String platform,
        String vendor,
        String name,
        String version,
        long memoryBytes,
        long maxAllocationBytes,
        long localMemoryBytes,
        int maxWorkGroupSize,
        int computeUnits,
        boolean sharesHostMemory,
        boolean fp16,
        boolean fp64) {

    /** {@return name and version in one text, which profiles match} */
    public String description() {
        return name + " (" + version + ")";
    }
}
