package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.driver.DeviceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for devices on all platforms of the loader. Their order is that of their ids: GPUs, then accelerators, then
 * processors; within a kind, as the loader lists platforms and they list devices.
 */
final class DeviceFinder {
    private static final int PLATFORM_NAME = 0x0902;
    private static final long TYPE_CPU = 1 << 1;
    private static final long TYPE_GPU = 1 << 2;
    private static final long TYPE_ACCELERATOR = 1 << 3;

    private final OpenClNative opencl;
    private final List<DeviceHandle> found = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    DeviceFinder(OpenClNative opencl) {
        this.opencl = opencl;
    }

    /** {@return the devices that can be used, in order; empty when there is none} */
    List<DeviceHandle> find() {
        for (long platform : opencl.platforms()) {
            String name = "an OpenCL platform";
            try {
                name = opencl.platformText(platform, PLATFORM_NAME);
                search(platform, name);
            } catch (OpenClException refused) {
                unusable.add(name + " (" + refused.getMessage() + ")");
            }
        }
        found.sort(Comparator.comparing(DeviceFinder::rank));
        return List.copyOf(found);
    }

    private void search(long platform, String name) {
        long[] devices = opencl.devices(platform, TYPE_GPU | TYPE_ACCELERATOR | TYPE_CPU);
        if (devices.length == 0) {
            empty.add(name);
        }
        for (long device : devices) {
            DeviceHandle handle = new DeviceHandle(opencl, name, device);
            String problem = handle.problem();
            if (problem.isEmpty()) {
                found.add(handle);
            } else {
                unusable.add(handle.name() + " (" + problem + ")");
            }
        }
    }

    private static int rank(DeviceHandle device) {
        return switch (device.kind()) {
            case GPU -> 0;
            case ACCELERATOR -> 1;
            case CPU -> 2;
        };
    }

    /** {@return why {@link #find()} found nothing, and what to do} */
    String absence() {
        if (!unusable.isEmpty()) {
            return "OpenCL has no device that can be used: " + String.join(", ", unusable)
                    + "; install a newer driver of the device";
        }
        if (empty.isEmpty()) {
            return "OpenCL's loader finds no driver (ICD); install the device's driver (Debian, for processors:"
                    + " pocl-opencl-icd)";
        }
        String rusticl = empty.contains("rusticl") ? "; rusticl offers devices that RUSTICL_ENABLE names" : "";
        return "OpenCL has no device on " + String.join(", ", empty)
                + "; install the device's driver, and check that this user may open the device (groups render, video)"
                + rusticl;
    }

    static DeviceKind kind(long type) {
        if ((type & TYPE_GPU) != 0) {
            return DeviceKind.GPU;
        }
        return (type & TYPE_CPU) != 0 ? DeviceKind.CPU : DeviceKind.ACCELERATOR;
    }
}
