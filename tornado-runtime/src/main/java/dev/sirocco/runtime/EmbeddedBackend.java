package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.Driver;
import java.util.List;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** A driver as the API shows it. Its devices are looked for when first asked for, once. */
final class EmbeddedBackend implements TornadoBackend {
    private final EmbeddedRuntime runtime;
    private final Driver driver;
    private List<EmbeddedDevice> devices;

    EmbeddedBackend(EmbeddedRuntime runtime, Driver driver) {
        this.runtime = runtime;
        this.driver = driver;
    }

    Driver driver() {
        return driver;
    }

    /** {@return the driver's place among those that have a device} */
    int index() {
        return runtime.indexOf(this);
    }

    synchronized List<EmbeddedDevice> devices() {
        if (devices == null) {
            devices = driver.devices().stream()
                    .map(device -> new EmbeddedDevice(this, device))
                    .toList();
        }
        return devices;
    }

    @Override
    public List<TornadoDevice> getAllDevices() {
        return List.copyOf(devices());
    }

    @Override
    public TornadoDevice getDefaultDevice() {
        return getDevice(0);
    }

    @Override
    public int getNumDevices() {
        return devices().size();
    }

    @Override
    public TornadoDevice getDevice(int index) {
        List<EmbeddedDevice> all = devices();
        if (index < 0 || index >= all.size()) {
            throw new TornadoDeviceNotFound("There is no device " + index + " of " + getName() + "; "
                    + (all.isEmpty()
                            ? driver.absence()
                            : "there are "
                                    + IntStream.range(0, all.size())
                                            .mapToObj(i -> i + ": " + all.get(i).getDescription())
                                            .toList()));
        }
        return all.get(index);
    }

    @Override
    public String getName() {
        return driver.name();
    }

    /** {@return the nearest of TornadoVM's families; what runs on the host itself is its Java family} */
    @Override
    public TornadoVMBackendType getBackendType() {
        return switch (driver.name()) {
            case "opencl" -> TornadoVMBackendType.OPENCL;
            case "cuda" -> TornadoVMBackendType.PTX;
            default -> TornadoVMBackendType.JAVA;
        };
    }
}
