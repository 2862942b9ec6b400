package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.pass.FrontEnd;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Exports kernels as PTX. */
public final class CudaExport {
    private static final PtxTarget TARGET = new PtxTarget();

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
        return new ExportDevice(device.description(), task -> kernel(task, card.architecture(), card.floats()));
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
        FloatMode floats = FloatMode.configured();
        return new ExportDevice(description, task -> kernel(task, architecture, floats));
    }

    private static ExportedKernel kernel(TaskSpec task, NvidiaArchitecture architecture, FloatMode floats) {
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = Launch.of(function, task.arguments(), task.grid(), floats);
        String symbol = TARGET.symbol(function);
        String ir = LlvmEmitter.emit(function, launch, TARGET);
        String options = "-arch=" + architecture.sm();
        PtxCode code =
                new PtxCode(architecture, new KeptFiles(CacheFolder.path().resolve("ptx")));
        byte[] ptx = code.of(ir, symbol, task.print());
        return ExportedKernel.of(function, launch, symbol, ptx, options, Digest.name(options + "\n" + ir));
    }
}
