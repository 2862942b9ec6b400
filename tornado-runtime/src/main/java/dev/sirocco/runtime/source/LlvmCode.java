package dev.sirocco.runtime.source;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.Target;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;

/** Writes kernels as the LLVM IR of a target. */
public record LlvmCode(Target target, FloatMode floats) implements CodeGenerator {
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
