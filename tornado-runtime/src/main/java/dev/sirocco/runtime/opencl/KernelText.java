package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.KernelInstance;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Generates the OpenCL C of tasks for one target; equal kernels once. Thread-safe. */
final class KernelText {
    private final OpenClTarget target;
    private final FloatMode floats;
    private final Map<KernelInstance, String> texts = new ConcurrentHashMap<>();

    /**
     * A task's kernel.
     *
     * @param function what it does
     * @param launch   what it is compiled for
     * @param source   what it becomes
     */
    record Kernel(Function function, Launch launch, KernelSource source) {}

    KernelText(OpenClTarget target, FloatMode floats) {
        this.target = target;
        this.floats = floats;
    }

    /** {@return the kernel of a task} */
    Kernel of(TaskSpec task) {
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = Launch.of(function, task.arguments(), task.grid(), floats);
        String text = texts.computeIfAbsent(
                new KernelInstance(function, launch), key -> OpenClEmitter.emit(key.function(), key.launch(), target));
        String options = (OpenClEmitter.buildOptions(floats, target) + " " + task.compilerFlags()).strip();
        return new Kernel(
                function,
                launch,
                new KernelSource(
                        function.declaredIn() + "." + function.name(), OpenClEmitter.symbol(function), text, options));
    }
}
