package dev.sirocco.runtime;

import dev.sirocco.runtime.cpu.CpuExport;
import dev.sirocco.runtime.cuda.CudaExport;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.opencl.OpenClExport;
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

    /**
     * Makes the code of a device's kernels in a format from now on.
     *
     * @throws TornadoRuntimeException when the device does not take it
     */
    public void useFormat(TornadoDevice device, KernelFormat format) {
        runtime.device(device).useFormat(format);
    }

    /**
     * Takes a device's kernels from binaries from now on, as far as there are some.
     *
     * @throws TornadoRuntimeException when this kind of device cannot
     */
    public void useBinaries(TornadoDevice device, KernelBinaries binaries) {
        runtime.device(device).useBinaries(binaries);
    }

    /**
     * {@return an exporter of the kernels that a device would compile}
     *
     * @throws TornadoRuntimeException when the device does not take this format
     */
    public ExportDevice exporter(KernelFormat format, TornadoDevice device) {
        Device source = runtime.device(device);
        return switch (format) {
            case OPENCL_C, SPIRV -> OpenClExport.of(source, format);
            case PTX -> CudaExport.of(source);
            case LLVM -> CpuExport.of(source);
        };
    }

    /**
     * {@return an exporter of kernels for a device that is not here}
     *
     * @param architecture of NVIDIA's cards, for PTX
     * @throws TornadoRuntimeException when the format is for devices that are here only
     */
    public ExportDevice exporter(KernelFormat format, NvidiaArchitecture architecture) {
        return switch (format) {
            case OPENCL_C, SPIRV -> OpenClExport.ofCore(format);
            case PTX -> CudaExport.of(architecture);
            case LLVM ->
                throw new TornadoRuntimeException(
                        "LLVM IR is made for the processor of this machine; leave out --device-profile");
        };
    }

    /** {@return an exporter as something that plans can be given to} */
    public TornadoDevice wrap(ExportDevice exporter) {
        return new EmbeddedBackend(runtime, exporter).getDefaultDevice();
    }

    /**
     * {@return the compiled program of an exported kernel, as the device's driver keeps it}
     *
     * @throws TornadoRuntimeException when the device does not compile this format
     */
    public byte[] build(TornadoDevice device, ExportedKernel kernel, KernelFormat format) {
        return OpenClExport.build(runtime.device(device), kernel, format);
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
