package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import java.util.List;

/** A driver of tests that is its only device. */
public abstract class SoleDevice implements Driver, Device {
    @Override
    public final String name() {
        return description().id();
    }

    @Override
    public final List<Device> devices() {
        return List.of(this);
    }

    @Override
    public final String absence() {
        return "";
    }
}
