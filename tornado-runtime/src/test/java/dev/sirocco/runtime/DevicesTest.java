package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.reference.ReferenceDriver;
import dev.sirocco.runtime.shadow.ShadowDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

final class DevicesTest {
    private final List<String> asked = new ArrayList<>();

    /** A driver that tells when its devices are looked for. */
    private final class ObservedDriver implements Driver {
        private final String name;
        private final List<Device> devices;

        private ObservedDriver(String name, List<Device> devices) {
            this.name = name;
            this.devices = devices;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Device> devices() {
            asked.add(name);
            return devices;
        }

        @Override
        public String absence() {
            return devices.isEmpty() ? "lib" + name + " was not found; install it" : "";
        }
    }

    private EmbeddedRuntime runtime() {
        return new EmbeddedRuntime(List.of(
                new ObservedDriver("reference", new ReferenceDriver().devices()),
                new ObservedDriver("opencl", List.of()),
                new ObservedDriver("shadow", List.of(new ShadowDriver()))));
    }

    @Test
    void asksOnlyTheDriverThatAnIdNames() {
        Devices devices = new Devices(runtime());
        assertEquals(List.of(), asked);
        assertEquals("reference", devices.find("reference").getDeviceName());
        assertSame(devices.find("reference"), devices.find("reference"));
        assertEquals(List.of("reference"), asked);
    }

    @Test
    void tellsWhyADriverHasNoDevice() {
        Devices devices = new Devices(runtime());
        String message = assertThrows(TornadoDeviceNotFound.class, () -> devices.find("opencl:0"))
                .getMessage();
        assertEquals("There is no device 'opencl:0': libopencl was not found; install it", message);
        assertEquals(Map.of("opencl", "libopencl was not found; install it"), devices.absences());
    }

    @Test
    void listsWhatThereIsWhenAnIdIsUnknown() {
        Devices devices = new Devices(runtime());
        assertEquals(
                "There is no device 'gpu'; there are auto, shadow, reference",
                assertThrows(TornadoDeviceNotFound.class, () -> devices.find("gpu"))
                        .getMessage());
        assertEquals(
                "There is no device 'reference:3'; there are auto, shadow, reference",
                assertThrows(TornadoDeviceNotFound.class, () -> devices.find("reference:3"))
                        .getMessage());
    }

    @Test
    void prefersAnyOtherDeviceToTheReference() {
        EmbeddedRuntime runtime = runtime();
        assertEquals("shadow", runtime.getDefaultDevice().getDeviceName());
        assertEquals(2, runtime.getNumBackends());
        assertEquals("shadow", runtime.getBackend(0).getName());
        assertEquals(TornadoVMBackendType.JAVA, runtime.getBackendType(1));
        assertEquals(1, runtime.getBackend(1).getDevice(0).getBackendIndex());
        assertThrows(TornadoBackendNotFound.class, () -> runtime.getBackend(2));
        String message = assertThrows(
                        TornadoDeviceNotFound.class, () -> runtime.getBackend(1).getDevice(1))
                .getMessage();
        assertTrue(message.startsWith("There is no device 1 of reference; there are [0: "), message);
    }

    @Test
    void isTheRuntimeOfTheProcess() {
        assertSame(
                Devices.installed().find("reference"),
                TornadoRuntimeProvider.getTornadoRuntime()
                        .getBackend(TornadoRuntimeProvider.getTornadoRuntime().getNumBackends() - 1)
                        .getDevice(0));
    }

    @Test
    void describesTheReferenceDevice() {
        var description = Devices.installed().list().getLast();
        assertEquals("reference", description.id());
        assertEquals("reference", description.driver());
        assertEquals(DeviceKind.CPU, description.kind());
        assertTrue(description.memoryBytes() > 100_000_000);
        assertTrue(description.sharesHostMemory());
    }
}
