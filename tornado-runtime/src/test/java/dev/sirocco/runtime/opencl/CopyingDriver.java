package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import java.util.List;

/**
 * OpenCL's devices as if none shared the host's memory: what graphics cards do, on machines that have none. They are
 * {@code copying:0}, {@code copying:1} …
 */
public final class CopyingDriver implements Driver {
    private final OpenClDriver driver = new OpenClDriver("copying", FloatMode.RELAXED, true, OpenClLibrary::load);

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public List<Device> devices() {
        return driver.devices();
    }

    @Override
    public String absence() {
        return driver.absence();
    }
}
