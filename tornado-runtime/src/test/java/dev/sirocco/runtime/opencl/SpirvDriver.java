package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.hosted.SpirvTranslator;
import java.util.List;
import java.util.Optional;

/**
 * PoCL given SPIR-V in place of OpenCL C: {@code spirv:0}. Debian's PoCL takes none, so a library between it and the
 * driver translates modules to what it does take; the driver's own code is what runs on a device that takes SPIR-V.
 */
public final class SpirvDriver implements Driver {
    private final OpenClDriver driver = new OpenClDriver("spirv", FloatMode.RELAXED, false, SpirvDriver::library);
    private List<Device> devices;

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = driver.devices();
            devices.forEach(device -> device.useFormat(KernelFormat.SPIRV));
        }
        return devices;
    }

    @Override
    public String absence() {
        return driver.absence();
    }

    private static OpenClLibrary library() {
        Optional<SpirvTranslator> translator = SpirvTranslator.find();
        if (translator.isEmpty()) {
            return new OpenClLibrary.Absent(SpirvTranslator.REMEDY);
        }
        return LinkedLibrary.of(
                "spirvopencl", "-DTRANSLATOR=\"" + translator.get().program().path() + "\"");
    }
}
