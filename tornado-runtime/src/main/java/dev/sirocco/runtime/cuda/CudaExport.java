package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.source.KernelCode;
import dev.sirocco.runtime.source.KernelCodes;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Exports kernels as PTX. */
public final class CudaExport {
    private CudaExport() {}

    /**
     * {@return an exporter of what a card's driver would compile}
     *
     * @throws TornadoRuntimeException when the device is none of NVIDIA's
     */
    public static ExportDevice of(Device device) {
        if (!(device instanceof CudaDevice card)) {
            throw new TornadoRuntimeException("The device "
                    + device.description().id() + " takes no PTX; name one of the driver cuda, or a device profile");
        }
        return of(device.description(), card.architecture(), card.floats());
    }

    /** {@return an exporter for cards that are not here} PTX for one generation runs on all later ones. */
    public static ExportDevice of(NvidiaArchitecture architecture) {
        DeviceDescription description = new DeviceDescription(
                "cuda:export",
                DeviceKind.GPU,
                "NVIDIA CUDA",
                "NVIDIA Corporation",
                "a card that is not here",
                architecture.sm(),
                DeviceLimits.ofHost(),
                1,
                false,
                true,
                true);
        return of(description, architecture, FloatMode.configured());
    }

    private static ExportDevice of(DeviceDescription description, NvidiaArchitecture architecture, FloatMode floats) {
        KernelCodes codes = PtxCode.kernels(floats, CacheFolder.path());
        PtxCode ptx = new PtxCode(architecture, new KeptFiles(CudaDriver.ptxFolder(CacheFolder.path())));
        String options = "-arch=" + architecture.sm();
        return new ExportDevice(description, task -> {
            KernelCode kernel = codes.of(task);
            return ExportedKernel.of(
                    FrontEnd.compile(task.method(), task.arguments(), null),
                    kernel.launch(),
                    kernel.symbol(),
                    ptx.of(kernel.text(), kernel.symbol(), task.print()),
                    options,
                    Digest.name(options + "\n" + kernel.text()));
        });
    }
}
