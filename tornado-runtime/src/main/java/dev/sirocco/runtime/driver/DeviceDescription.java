package dev.sirocco.runtime.driver;

/**
 * What a device is.
 *
 * @param id               how a user names it: {@code cpu}, {@code reference}, {@code opencl:0} …
 * @param kind             what it is made of
 * @param platform         the name of the implementation that offers the device
 * @param vendor           who made the device
 * @param name             the vendor's name of the device
 * @param version          driver or compiler version
 * @param limits           how much the device takes
 * @param computeUnits     cores or multiprocessors
 * @param sharesHostMemory kernels work on host arrays in place
 * @param fp16             half precision arithmetic
 * @param fp64             double precision arithmetic
 */
public record DeviceDescription(
        String id,
        DeviceKind kind,
        String platform,
        String vendor,
        String name,
        String version,
        DeviceLimits limits,
        int computeUnits,
        boolean sharesHostMemory,
        boolean fp16,
        boolean fp64) {

    /** {@return the driver's name: the first part of the id} */
    public String driver() {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    /** {@return memory that the device can use} */
    public long memoryBytes() {
        return limits.memoryBytes();
    }
}
