package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.reference.ReferenceDriver;
import java.util.List;

/**
 * A device that runs kernels as Java and keeps the PTX that a card would be given: {@code ptxmaker}. With what it kept,
 * the same tests run on a machine with a card and without LLVM.
 */
public final class PtxMaker implements Driver, Device {
    private static final PtxTarget TARGET = new PtxTarget();

    private final Device reference = new ReferenceDriver().devices().getFirst();
    private PtxCode code;

    @Override
    public String name() {
        return "ptxmaker";
    }

    @Override
    public List<Device> devices() {
        return List.of(this);
    }

    @Override
    public String absence() {
        return "";
    }

    @Override
    public DeviceDescription description() {
        DeviceDescription java = reference.description();
        return new DeviceDescription(
                name(),
                java.kind(),
                java.platform(),
                java.vendor(),
                java.name(),
                java.version(),
                java.limits(),
                java.computeUnits(),
                java.sharesHostMemory(),
                java.fp16(),
                java.fp64());
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = Launch.of(function, task.arguments(), task.grid(), FloatMode.configured());
        code().of(LlvmEmitter.emit(function, launch, TARGET), TARGET.symbol(function), null);
        return reference.bind(task, memory);
    }

    private synchronized PtxCode code() {
        if (code == null) {
            code = new PtxCode(
                    CudaDriver.limit().orElseThrow(), new KeptFiles(CudaDriver.ptxFolder(CacheFolder.path())));
        }
        return code;
    }

    @Override
    public DeviceMemory newMemory() {
        return reference.newMemory();
    }
}
