package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import java.util.List;

/** OpenCL's devices with floating-point arithmetic as strict as they can. */
public final class StrictDevices {
    private static final OpenClDriver DRIVER = new OpenClDriver("strict", FloatMode.STRICT, false, OpenClLibrary::load);

    private StrictDevices() {}

    public static List<Device> all() {
        return DRIVER.devices();
    }

    /**
     * {@return whether a device's arithmetic of floats is Java's when it is asked to be} Mesa's compiler is not strict:
     * it takes a number to be equal to itself and a product with 0 to be 0, whatever NaN says, and drops what is below
     * the normal range.
     */
    public static boolean areFloatsStrict(Device device) {
        return !device.description().platform().equals("rusticl");
    }

    /**
     * {@return whether a device chooses right between a byte that it reads and a constant} Mesa's compiler (22.3) does
     * not: it takes the constant for 0, in conditional expressions as in branches.
     */
    public static boolean choosesBytesRight(Device device) {
        OpenClDevice opencl = (OpenClDevice) device;
        KernelSource choice =
                new KernelSource("Mesa.choice", "choice", KernelFormat.OPENCL_C, """
                __kernel void choice(__global int *out) {
                    __global const char *bytes = (__global const char *) out;
                    out[0] = get_global_size(0) > 1000 ? bytes[0] : -5;
                }
                """, "-cl-std=CL1.2", false);
        long program = opencl.context()
                .programs()
                .get(choice, KernelBinaries.NONE)
                .get()
                .program();
        return TestDevices.firstElementAfter(opencl, program, "choice") == -5;
    }
}
