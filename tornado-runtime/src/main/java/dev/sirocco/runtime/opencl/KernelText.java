package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.source.CodeGenerator;
import dev.sirocco.runtime.source.KernelCode;
import dev.sirocco.runtime.source.KernelCodes;

/** Generates the code of tasks for one target in one format. Thread-safe. */
final class KernelText implements CodeGenerator {
    private static final SpirvTarget SPIRV = new SpirvTarget();

    private final OpenClTarget target;
    private final FloatMode floats;
    private final KernelFormat format;
    private final DeviceDescription device;
    private final KernelCodes codes;

    /**
     * A task's kernel.
     *
     * @param launch what it is compiled for
     * @param source what it becomes
     */
    record Kernel(Launch launch, KernelSource source) {}

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
        this.codes = new KernelCodes(
                this, String.join("\n", format + " " + target, LocalSizes.describe(device), "" + floats));
    }

    /** {@return the same for another format} */
    KernelText as(KernelFormat other) {
        return new KernelText(target, floats, other, device);
    }

    /** {@return the kernel of a task} */
    Kernel of(TaskSpec task) {
        KernelCode code = codes.of(task);
        String options =
                isSpirv() ? OpenClEmitter.moduleOptions(floats, target) : OpenClEmitter.buildOptions(floats, target);
        return new Kernel(
                code.launch(),
                new KernelSource(
                        code.kernel(),
                        code.symbol(),
                        format,
                        code.text(),
                        (options + " " + task.compilerFlags()).strip(),
                        code.launch().loopNest()));
    }

    private boolean isSpirv() {
        return format == KernelFormat.SPIRV;
    }

    @Override
    public Launch launch(Function function, TaskSpec task) {
        return LocalSizes.divide(Launch.of(function, task.arguments(), task.grid(), floats), device);
    }

    @Override
    public String symbol(Function function) {
        return isSpirv() ? SPIRV.symbol(function) : OpenClEmitter.symbol(function);
    }

    @Override
    public String text(Function function, Launch launch) {
        if (isSpirv()) {
            OpenClEmitter.check(function, launch, target);
            return LlvmEmitter.emit(function, launch, SPIRV);
        }
        return OpenClEmitter.emit(function, launch, target);
    }
}
