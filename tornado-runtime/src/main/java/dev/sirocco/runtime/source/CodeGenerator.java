package dev.sirocco.runtime.source;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;

/** Writes kernels for one target. What it does depends on its arguments and the target alone. */
public interface CodeGenerator {
    /** {@return what a kernel is compiled for} */
    Launch launch(Function function, TaskSpec task);

    /** {@return the kernel's name in its text} */
    String symbol(Function function);

    /**
     * {@return the kernel's text}
     *
     * @throws dev.sirocco.runtime.ir.KernelException when the target cannot run such a kernel
     */
    String text(Function function, Launch launch);
}
