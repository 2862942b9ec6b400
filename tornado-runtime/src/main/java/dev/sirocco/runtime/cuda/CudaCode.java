package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.source.CodeGenerator;
import dev.sirocco.runtime.source.KernelCodes;
import java.nio.file.Path;

/** Writes kernels as the LLVM IR that PTX is made of, which is the same for all generations of cards. */
record CudaCode(FloatMode floats) implements CodeGenerator {
    private static final PtxTarget TARGET = new PtxTarget();

    /** {@return the codes of tasks, kept in a cache folder} */
    static KernelCodes kept(FloatMode floats, Path cache) {
        return new KernelCodes(new CudaCode(floats), "ptx " + floats, cache);
    }

    @Override
    public Launch launch(Function function, TaskSpec task) {
        return Launch.of(function, task.arguments(), task.grid(), floats);
    }

    @Override
    public String symbol(Function function) {
        return TARGET.symbol(function);
    }

    @Override
    public String text(Function function, Launch launch) {
        return LlvmEmitter.emit(function, launch, TARGET);
    }
}
