package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.source.KernelCode;
import dev.sirocco.runtime.source.KernelCodes;
import java.nio.file.Path;
import java.util.List;

/** A card and its primary context, which is taken when the card is first used and kept as long as the process. */
final class CudaDevice implements Device {
    private static final int MAX_THREADS = 1;
    private static final int MAX_X = 2;
    private static final int MAX_Y = 3;
    private static final int MAX_Z = 4;
    private static final int SHARED_BYTES = 8;
    private static final int MULTIPROCESSORS = 16;
    private static final int MEMORY_POOLS = 115;

    private final CudaNative cuda;
    private final int device;
    private final DeviceDescription description;
    private final boolean hasPools;
    private final NvidiaArchitecture architecture;
    private final FloatMode floats;
    private final KernelCodes codes;
    private final CudaModules modules;
    private long context;

    CudaDevice(
            CudaNative cuda,
            int device,
            NvidiaArchitecture architecture,
            int driverVersion,
            FloatMode floats,
            Path cache) {
        this.cuda = cuda;
        this.device = device;
        this.architecture = architecture;
        this.floats = floats;
        long memory = cuda.deviceMemoryBytes(device);
        this.description = new DeviceDescription(
                cuda.subject(),
                DeviceKind.GPU,
                "NVIDIA CUDA",
                "NVIDIA Corporation",
                cuda.deviceName(device),
                "CUDA " + CudaDriver.number(driverVersion) + ", " + architecture.sm(),
                new DeviceLimits(
                        memory,
                        memory,
                        cuda.attribute(device, SHARED_BYTES),
                        cuda.attribute(device, MAX_THREADS),
                        List.of(
                                cuda.attribute(device, MAX_X),
                                cuda.attribute(device, MAX_Y),
                                cuda.attribute(device, MAX_Z))),
                cuda.attribute(device, MULTIPROCESSORS),
                false,
                true,
                true);
        this.hasPools = cuda.has("cuMemAllocAsync") && cuda.attribute(device, MEMORY_POOLS) != 0;
        this.codes = PtxCode.kernels(floats, cache);
        this.modules = new CudaModules(
                this,
                new PtxCode(architecture, new KeptFiles(CudaDriver.ptxFolder(cache))),
                description.name() + "\n" + description.version(),
                new KeptFiles(cache.resolve("cubin")));
    }

    @Override
    public DeviceDescription description() {
        return description;
    }

    /** {@return the driver's functions, with the card's context current in the calling thread} */
    synchronized CudaNative functions() {
        if (context == 0) {
            context = cuda.retainPrimaryContext(device);
        }
        cuda.setCurrent(context);
        return cuda;
    }

    /** {@return the generation that its code is made for} */
    NvidiaArchitecture architecture() {
        return architecture;
    }

    FloatMode floats() {
        return floats;
    }

    /** {@return whether memory comes from a pool, which makes taking and giving back part of a stream} */
    boolean hasPools() {
        return hasPools;
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        if (task.grid() != null) {
            LaunchGrid.of(task.name(), task.grid());
        }
        KernelCode kernel = codes.of(task);
        Launch launch = kernel.launch();
        Pending<Long> code = modules.get(kernel, task.print());
        CudaTask bound = new CudaTask(task, code, Groups.of(launch), launch.total(), (CudaMemory) memory);
        ((CudaMemory) memory).own(bound);
        return bound;
    }

    @Override
    public DeviceMemory newMemory() {
        return new CudaMemory(this);
    }
}
