package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.KernelInstance;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Generates the code of tasks for one target in one format; equal kernels once. Thread-safe. */
final class KernelText {
    private static final SpirvTarget SPIRV = new SpirvTarget();

    private final OpenClTarget target;
    private final FloatMode floats;
    private final KernelFormat format;
    private final DeviceDescription device;
    private final Map<KernelInstance, String> texts = new ConcurrentHashMap<>();

    /**
     * A task's kernel.
     *
     * @param function what it does
     * @param launch   what it is compiled for
     * @param source   what it becomes
     */
    record Kernel(Function function, Launch launch, KernelSource source) {}

    /**
     * @param format OpenCL C or SPIR-V
     * @param device whose limits and kind decide on work-groups
     */
    KernelText(OpenClTarget target, FloatMode floats, KernelFormat format, DeviceDescription device) {
        if (format != KernelFormat.OPENCL_C && format != KernelFormat.SPIRV) {
            throw new IllegalArgumentException("OpenCL devices take no " + format);
        }
        this.target = target;
        this.floats = floats;
        this.format = format;
        this.device = device;
    }

    /** {@return the same for another format} */
    KernelText as(KernelFormat other) {
        return new KernelText(target, floats, other, device);
    }

    /** {@return the kernel of a task} */
    Kernel of(TaskSpec task) {
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = LocalSizes.divide(Launch.of(function, task.arguments(), task.grid(), floats), device);
        boolean spirv = format == KernelFormat.SPIRV;
        String text = texts.computeIfAbsent(
                new KernelInstance(function, launch), key -> text(key.function(), key.launch(), spirv));
        String options =
                spirv ? OpenClEmitter.moduleOptions(floats, target) : OpenClEmitter.buildOptions(floats, target);
        return new Kernel(
                function,
                launch,
                new KernelSource(
                        function.declaredIn() + "." + function.name(),
                        spirv ? SPIRV.symbol(function) : OpenClEmitter.symbol(function),
                        format,
                        text,
                        (options + " " + task.compilerFlags()).strip()));
    }

    private String text(Function function, Launch launch, boolean spirv) {
        if (spirv) {
            OpenClEmitter.check(function, launch, target);
            return LlvmEmitter.emit(function, launch, SPIRV);
        }
        return OpenClEmitter.emit(function, launch, target);
    }
}
