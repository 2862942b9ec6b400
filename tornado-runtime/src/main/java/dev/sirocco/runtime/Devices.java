package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.spi.RuntimeProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The devices of the embedded runtime by the ids that a user types: {@code cpu}, {@code opencl:0}, {@code auto} … */
public final class Devices {
    private final EmbeddedRuntime runtime;

    Devices(EmbeddedRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * {@return the devices of this process}. Nothing is looked for yet.
     *
     * @throws TornadoRuntimeException if another runtime is installed
     */
    public static Devices installed() {
        if (RuntimeProvider.installed() instanceof EmbeddedRuntime runtime) {
            return new Devices(runtime);
        }
        throw new TornadoRuntimeException("The runtime for task graphs is not the embedded one; its devices are "
                + "listed by TornadoRuntimeProvider.getTornadoRuntime()");
    }

    /**
     * {@return the device with this id; {@code auto} is the default device}. Looks for devices of the one driver that
     * the id names; a driver's name alone means its first device.
     *
     * @throws TornadoDeviceNotFound if there is none, with the driver's reason, or the ids that there are
     */
    public TornadoDevice find(String id) {
        if (id.equals("auto")) {
            return runtime.getDefaultDevice();
        }
        String driver = id.contains(":") ? id.substring(0, id.indexOf(':')) : id;
        for (EmbeddedBackend backend : runtime.drivers()) {
            if (!backend.getName().equals(driver)) {
                continue;
            }
            if (backend.getNumDevices() == 0) {
                throw new TornadoDeviceNotFound(
                        "There is no device '" + id + "': " + backend.driver().absence());
            }
            if (id.equals(driver)) {
                return backend.getDefaultDevice();
            }
            for (EmbeddedDevice device : backend.devices()) {
                if (device.getDeviceName().equals(id)) {
                    return device;
                }
            }
        }
        throw new TornadoDeviceNotFound("There is no device '" + id + "'; there are auto"
                + list().stream().map(device -> ", " + device.id()).collect(Collectors.joining()));
    }

    /**
     * {@return what a device is}
     *
     * @throws TornadoRuntimeException if it is not a device of the embedded runtime
     */
    public DeviceDescription describe(TornadoDevice device) {
        return runtime.device(device).description();
    }

    /** {@return what devices there are, the default first}. Looks for the devices of all drivers. */
    public List<DeviceDescription> list() {
        return runtime.drivers().stream()
                .flatMap(backend -> backend.devices().stream())
                .map(EmbeddedDevice::description)
                .toList();
    }

    /** {@return for each driver that has no device, why that is and what to do about it} */
    public Map<String, String> absences() {
        Map<String, String> absences = new LinkedHashMap<>();
        for (EmbeddedBackend backend : runtime.drivers()) {
            if (backend.getNumDevices() == 0) {
                absences.put(backend.getName(), backend.driver().absence());
            }
        }
        return absences;
    }
}
