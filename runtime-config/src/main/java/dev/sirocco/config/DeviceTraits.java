package dev.sirocco.config;

import java.util.List;

/**
 * What a profile recognises a device by.
 *
 * @param driver   the first part of the device's id, such as {@code cpu} or {@code opencl}
 * @param kind     one of {@link #KINDS}
 * @param platform the name of the implementation that offers the device
 * @param vendor   who made the device
 * @param name     the vendor's name of the device, and its driver's version
 */
public record DeviceTraits(String driver, String kind, String platform, String vendor, String name) {
    /** What devices can be made of. */
    public static final List<String> KINDS = List.of("cpu", "gpu", "accelerator");

    public DeviceTraits {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("a device of kind '" + kind + "': it must be one of " + KINDS);
        }
    }
}
