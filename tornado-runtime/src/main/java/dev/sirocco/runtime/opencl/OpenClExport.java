package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Exports kernels as OpenCL C. */
public final class OpenClExport {
    private OpenClExport() {}

    /**
     * {@return an exporter of what a device would compile}
     *
     * @throws TornadoRuntimeException when it is not an OpenCL device
     */
    public static ExportDevice of(Device device) {
        if (device instanceof OpenClDevice opencl) {
            return new ExportDevice(device.description(), task -> kernel(opencl.kernels(), task));
        }
        throw notOpenCl(device);
    }

    /** {@return an exporter for a device that is not here, of which only the core of OpenCL 1.2 is known} */
    public static ExportDevice ofCore() {
        DeviceLimits any = DeviceLimits.ofHost();
        DeviceDescription description = new DeviceDescription(
                "opencl:export",
                DeviceKind.ACCELERATOR,
                "OpenCL",
                "any",
                "a device that is not here",
                "OpenCL 1.2",
                any,
                1,
                false,
                false,
                false);
        KernelText text = new KernelText(OpenClTarget.CORE, FloatMode.configured());
        return new ExportDevice(description, task -> kernel(text, task));
    }

    /**
     * {@return a kernel's program, as the driver of a device keeps it}
     *
     * @throws TornadoRuntimeException when it is not an OpenCL device
     */
    public static byte[] build(Device device, ExportedKernel kernel) {
        if (!(device instanceof OpenClDevice opencl)) {
            throw notOpenCl(device);
        }
        KernelSource source = new KernelSource(kernel.kernel(), kernel.symbol(), kernel.code(), kernel.options());
        Programs programs = opencl.context().programs();
        byte[] binary =
                programs.binary(programs.get(source, KernelBinaries.NONE).get());
        if (binary.length == 0) {
            throw new TornadoRuntimeException(
                    "The driver of " + device.description().id() + " gives no binary of " + kernel.kernel());
        }
        return binary;
    }

    private static TornadoRuntimeException notOpenCl(Device device) {
        return new TornadoRuntimeException("The device " + device.description().id()
                + " takes no OpenCL C; name an OpenCL device, or a device profile");
    }

    private static ExportedKernel kernel(KernelText text, TaskSpec task) {
        KernelText.Kernel kernel = text.of(task);
        List<ExportedKernel.Argument> arguments = new ArrayList<>();
        for (Value parameter : kernel.function().parameters()) {
            if (parameter.type() instanceof Type.Array array) {
                arguments.add(new ExportedKernel.Argument(
                        parameter.name(), array.element().toString()));
            }
        }
        KernelSource source = kernel.source();
        return new ExportedKernel(
                source.kernel(),
                source.symbol(),
                source.text(),
                source.options(),
                source.digest(),
                arguments,
                kernel.launch().groupSizes());
    }
}
