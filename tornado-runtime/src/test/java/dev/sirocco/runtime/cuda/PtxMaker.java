package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.SoleDevice;
import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.shadow.ShadowDriver;
import dev.sirocco.runtime.source.KernelCode;
import dev.sirocco.runtime.source.KernelCodes;

/**
 * A device that runs kernels as Java, in memory of its own, and keeps the PTX that a card would be given: {@code
 * ptxmaker}. With what it kept, the same tests run on a machine with a card and without LLVM.
 */
public final class PtxMaker extends SoleDevice {
    private final Device java = new ShadowDriver();
    private final KernelCodes codes = PtxCode.kernels(FloatMode.configured(), CacheFolder.path());
    private PtxCode ptx;

    @Override
    public DeviceDescription description() {
        DeviceDescription shadow = java.description();
        return new DeviceDescription(
                "ptxmaker",
                shadow.kind(),
                shadow.platform(),
                shadow.vendor(),
                shadow.name(),
                shadow.version(),
                shadow.limits(),
                shadow.computeUnits(),
                shadow.sharesHostMemory(),
                shadow.fp16(),
                shadow.fp64());
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        KernelCode kernel = codes.of(task);
        ptx().of(kernel.text(), kernel.symbol(), null);
        return java.bind(task, memory);
    }

    private synchronized PtxCode ptx() {
        if (ptx == null) {
            ptx = new PtxCode(
                    CudaDriver.limit().orElse(NvidiaArchitecture.VOLTA),
                    new KeptFiles(CudaDriver.ptxFolder(CacheFolder.path())));
        }
        return ptx;
    }

    @Override
    public DeviceMemory newMemory() {
        return java.newMemory();
    }
}
