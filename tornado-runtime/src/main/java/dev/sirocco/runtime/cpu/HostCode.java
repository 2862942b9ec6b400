package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.HostTarget;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.source.CodeGenerator;

/** Writes kernels as LLVM IR for the host's processor. */
record HostCode(HostTarget target, FloatMode floats) implements CodeGenerator {
    @Override
    public Launch launch(Function function, TaskSpec task) {
        return Launch.of(function, task.arguments(), task.grid(), floats);
    }

    @Override
    public String symbol(Function function) {
        return target.symbol(function);
    }

    @Override
    public String text(Function function, Launch launch) {
        return LlvmEmitter.emit(function, launch, target);
    }
}
