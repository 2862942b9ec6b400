package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.DeviceDescription;
import org.junit.jupiter.api.Assumptions;

/** The OpenCL implementations that tests run on, where they are installed. */
enum OpenClPlatform {
    POCL("Portable Computing Language", "install pocl-opencl-icd"),
    RUSTICL("rusticl", "install mesa-opencl-icd and set RUSTICL_ENABLE=llvmpipe");

    private final String platform;
    private final String remedy;

    OpenClPlatform(String platform, String remedy) {
        this.platform = platform;
        this.remedy = remedy;
    }

    /** {@return the id of the platform's device under a driver} Skips the test, with the reason, where there is none. */
    String device(String driver) {
        var found = Devices.installed().list().stream()
                .filter(device ->
                        device.driver().equals(driver) && device.platform().equals(platform))
                .map(DeviceDescription::id)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), platform + " has no OpenCL device here; " + remedy);
        return found.orElseThrow();
    }
}
