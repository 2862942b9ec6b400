package dev.sirocco.cli.device;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The devices of the embedded runtime. */
final class EmbeddedDevices implements RuntimeDevices {
    private final Devices devices = Devices.installed();

    @Override
    public TornadoDevice find(String id) {
        return devices.find(id);
    }

    @Override
    public ListedDevice describe(TornadoDevice device) {
        return listed(devices.describe(device));
    }

    @Override
    public List<ListedDevice> list() {
        return devices.list().stream().map(EmbeddedDevices::listed).toList();
    }

    @Override
    public Map<String, String> absences() {
        return devices.absences();
    }

    private static ListedDevice listed(DeviceDescription device) {
        return new ListedDevice(
                device.id(),
                "embedded",
                device.driver(),
                device.kind().toString(),
                device.platform(),
                device.vendor(),
                device.name(),
                device.version(),
                device.memoryBytes(),
                device.limits().maxAllocationBytes(),
                device.limits().localMemoryBytes(),
                device.limits().maxWorkGroupSize(),
                device.computeUnits(),
                device.sharesHostMemory(),
                device.fp16(),
                device.fp64());
    }
}
