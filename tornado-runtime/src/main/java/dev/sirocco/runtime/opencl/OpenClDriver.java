package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds the devices of all OpenCL platforms; they are {@code opencl:0}, {@code opencl:1} … */
public final class OpenClDriver implements Driver {
    private final String name;
    private final FloatMode floats;
    private final boolean copies;
    private final Supplier<OpenClLibrary> library;
    private List<Device> devices;
    private String absence = "";

    /**
     * Made by the service loader; nothing is loaded yet.
     *
     * @throws IllegalArgumentException if a system property has a value that cannot be used
     */
    public OpenClDriver() {
        this("opencl", FloatMode.configured(), Boolean.getBoolean("sirocco.opencl.copy"), OpenClLibrary::load);
    }

    /**
     * @param copies  whether arrays are copied even where host and device share memory
     * @param library loads OpenCL
     */
    OpenClDriver(String name, FloatMode floats, boolean copies, Supplier<OpenClLibrary> library) {
        this.name = name;
        this.floats = floats;
        this.copies = copies;
        this.library = library;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = switch (library.get()) {
                case OpenClLibrary.Present(OpenClNative opencl) -> find(opencl);
                case OpenClLibrary.Absent(String reason) -> {
                    absence = reason;
                    yield List.of();
                }
            };
        }
        return devices;
    }

    private List<Device> find(OpenClNative opencl) {
        DeviceFinder finder = new DeviceFinder(opencl);
        List<Device> found = new ArrayList<>();
        try {
            for (DeviceHandle handle : finder.find()) {
                found.add(new OpenClDevice(handle, name + ":" + found.size(), floats, copies));
            }
        } catch (OpenClException refused) {
            absence = "OpenCL cannot be used: " + refused.getMessage();
            return List.of();
        }
        if (found.isEmpty()) {
            absence = finder.absence();
        }
        return List.copyOf(found);
    }

    @Override
    public synchronized String absence() {
        devices();
        return absence;
    }
}
