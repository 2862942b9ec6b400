package dev.sirocco.cli.bench;

/**
 * Where tests ran, and what it took to get there.
 *
 * @param backend      the driver
 * @param id           the device's id
 * @param name         the vendor's name of the device
 * @param threads      that compute
 * @param bandwidth    of its memory
 * @param compileNanos time until all kernels were compiled, or found compiled
 * @param loadNanos    time until the model could run: with the kernels, and with weights that had to be copied
 */
public record BenchDevice(
        String backend,
        String id,
        String name,
        int threads,
        DeviceBandwidth bandwidth,
        long compileNanos,
        long loadNanos) {}
