package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.driver.TaskSpec;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A device and its context, which is made when the device is first used and lives as long as the process. */
final class OpenClDevice implements Device {
    private final long handle;
    private final OpenClNative opencl;
    private final DeviceDescription description;
    private final boolean mayCompile;
    private final IntermediateLanguage il;
    private final boolean joint;
    private final AtomicLong usedBytes = new AtomicLong();
    private volatile KernelBinaries binaries = KernelBinaries.NONE;
    private volatile KernelText kernels;
    private Context context;

    /** What is made once for the device. */
    record Context(long handle, Programs programs) {}

    /** @param copies whether arrays are copied even where host and device share memory */
    OpenClDevice(DeviceHandle device, String id, FloatMode floats, boolean copies) {
        this.handle = device.id();
        this.opencl = device.functions(id);
        this.description = device.description(id, copies);
        this.mayCompile = device.hasCompiler() && !"false".equals(System.getProperty("sirocco.opencl.compile", "true"));
        this.il = device.intermediateLanguage();
        this.joint = device.compilesOneAtATime();
        this.kernels = new KernelText(device.target(), floats, KernelFormat.OPENCL_C, description);
    }

    @Override
    public DeviceDescription description() {
        return description;
    }

    long handle() {
        return handle;
    }

    OpenClNative opencl() {
        return opencl;
    }

    /** {@return the generator of its kernels' code in a format, which the device need not take} */
    KernelText kernels(KernelFormat format) {
        return kernels.as(format);
    }

    /** {@return bytes that all plans of this process hold on the device} */
    AtomicLong usedBytes() {
        return usedBytes;
    }

    synchronized Context context() {
        if (context == null) {
            long created = opencl.createContext(handle);
            String identity = String.join(
                    "\n", description.platform(), description.vendor(), description.name(), description.version());
            KeptFiles kept = new KeptFiles(CacheFolder.path().resolve("opencl"));
            context = new Context(created, new Programs(opencl, created, handle, identity, kept, mayCompile, il));
        }
        return context;
    }

    @Override
    public boolean takesCompilerFlags() {
        return true;
    }

    @Override
    public void useFormat(KernelFormat format) {
        if (format == KernelFormat.SPIRV && il instanceof IntermediateLanguage.Refused(String reason)) {
            throw new TornadoRuntimeException(
                    "The device " + opencl.subject() + " takes no " + IntermediateLanguage.VERSION + ": " + reason
                            + "; use OpenCL C for it (--code opencl-c, or leave out 'code' in its profile)");
        }
        if (format != KernelFormat.SPIRV && format != KernelFormat.OPENCL_C) {
            throw new TornadoRuntimeException(
                    "The device " + opencl.subject() + " takes no " + format + "; it takes opencl-c, or spirv");
        }
        kernels = kernels.as(format);
    }

    @Override
    public void useBinaries(KernelBinaries prebuilt) {
        binaries = prebuilt;
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        KernelText.Kernel kernel = kernels.of(task);
        NdRange range = NdRange.of(task, kernel.launch(), description);
        if (task.print() != null) {
            task.print()
                    .println("// task " + task.name() + " on " + opencl.subject() + "\n// "
                            + kernel.source().format() + ", options: "
                            + kernel.source().options() + "\n" + kernel.source().text());
        }
        Programs programs = context().programs();
        Pending<CompiledKernel> code =
                joint ? programs.getJoint(kernel.source(), binaries) : programs.get(kernel.source(), binaries);
        OpenClTask bound = new OpenClTask(task, code, range, this, (OpenClMemory) memory);
        ((OpenClMemory) memory).own(bound);
        return bound;
    }

    @Override
    public DeviceMemory newMemory() {
        return new OpenClMemory(this);
    }
}
