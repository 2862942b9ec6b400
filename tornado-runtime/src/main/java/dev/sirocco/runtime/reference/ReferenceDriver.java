package dev.sirocco.runtime.reference;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import java.util.List;

/** The driver that is always there: its one device needs nothing but the JVM. */
public final class ReferenceDriver implements Driver {
    private final Device device = new ReferenceDevice();

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public List<Device> devices() {
        return List.of(device);
    }

    @Override
    public String absence() {
        return "";
    }
}
