package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.pass.FrontEnd;
import java.nio.charset.StandardCharsets;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Exports kernels as OpenCL C or SPIR-V. */
public final class OpenClExport {
    private OpenClExport() {}

    /**
     * {@return an exporter of what a device would compile, if it takes the format}
     *
     * @param format OpenCL C or SPIR-V
     * @throws TornadoRuntimeException when it is not an OpenCL device
     */
    public static ExportDevice of(Device device, KernelFormat format) {
        KernelText text = openCl(device, format).kernels(format);
        return new ExportDevice(device.description(), task -> kernel(text, task));
    }

    /**
     * {@return an exporter for a device that is not here, of which only the core of OpenCL 1.2 is known}
     *
     * @param format OpenCL C or SPIR-V
     */
    public static ExportDevice ofCore(KernelFormat format) {
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
        KernelText text = new KernelText(OpenClTarget.CORE, FloatMode.configured(), format, description);
        return new ExportDevice(description, task -> kernel(text, task));
    }

    /**
     * {@return a kernel's program, as the driver of a device keeps it}
     *
     * @param format of the kernel: OpenCL C or SPIR-V
     * @throws TornadoRuntimeException when it is not an OpenCL device, or does not take the format
     */
    public static byte[] build(Device device, ExportedKernel kernel, KernelFormat format) {
        OpenClDevice opencl = openCl(device, format);
        Programs programs = opencl.context().programs();
        byte[] binary = switch (format) {
            case SPIRV -> programs.build(kernel);
            case OPENCL_C, PTX, LLVM ->
                programs.binary(programs.get(
                                new KernelSource(
                                        kernel.kernel(),
                                        kernel.symbol(),
                                        format,
                                        new String(kernel.code(), StandardCharsets.UTF_8),
                                        kernel.options(),
                                        false),
                                KernelBinaries.NONE)
                        .get()
                        .program());
        };
        if (binary.length == 0) {
            throw new TornadoRuntimeException(
                    "The driver of " + device.description().id() + " gives no binary of " + kernel.kernel());
        }
        return binary;
    }

    private static OpenClDevice openCl(Device device, KernelFormat format) {
        if (device instanceof OpenClDevice opencl && format.driver().equals("opencl")) {
            return opencl;
        }
        throw new TornadoRuntimeException("The device " + device.description().id() + " takes no " + format
                + "; name one of the driver " + format.driver() + ", or a device profile");
    }

    private static ExportedKernel kernel(KernelText text, TaskSpec task) {
        KernelText.Kernel kernel = text.of(task);
        KernelSource source = kernel.source();
        byte[] code = source.format() == KernelFormat.SPIRV
                ? SpirvModules.of(source)
                : source.text().getBytes(StandardCharsets.UTF_8);
        return ExportedKernel.of(
                FrontEnd.compile(task.method(), task.arguments(), null),
                kernel.launch(),
                source.symbol(),
                code,
                source.options(),
                source.digest());
    }
}
