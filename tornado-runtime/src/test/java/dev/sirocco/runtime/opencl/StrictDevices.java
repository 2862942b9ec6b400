package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import java.util.List;

/** OpenCL's devices with floating-point arithmetic as strict as they can. */
public final class StrictDevices {
    private static final OpenClDriver DRIVER = new OpenClDriver("strict", FloatMode.STRICT, false, OpenClLibrary::load);

    private StrictDevices() {}

    /**
     * {@return the devices that are, PoCL's among them}
     *
     * <p>Mesa's compiler is not strict: it takes a number to be equal to itself and a product with 0 to be 0, whatever
     * NaN says, and drops what is below the normal range.
     */
    public static List<Device> all() {
        return DRIVER.devices().stream()
                .filter(device -> !device.description().platform().equals("rusticl"))
                .toList();
    }
}
