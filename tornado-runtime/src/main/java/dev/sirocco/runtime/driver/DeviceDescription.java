package dev.sirocco.runtime.driver;

/**
 * What a device is.
 *
 * @param id                 how a user names it: {@code cpu}, {@code reference}, {@code opencl:0} …
 * @param name               the vendor's name of the device
 * @param version            driver or compiler version
 * @param memoryBytes        memory the device can use
 * @param computeUnits       cores or multiprocessors
 * @param sharesHostMemory   kernels work on host arrays in place
 * @param fp16               half precision arithmetic
 * @param fp64               double precision arithmetic
 */
public record DeviceDescription(
        String id,
        String name,
        String version,
        long memoryBytes,
        int computeUnits,
        boolean sharesHostMemory,
        boolean fp16,
        boolean fp64) {}
