package dev.sirocco.runtime.driver;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.List;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * A task to be bound to a device.
 *
 * @param name          {@code graph.task}
 * @param method        the kernel: a static method
 * @param arguments     arrays, a KernelContext, boxed scalars, in the order of the parameters
 * @param grid          the launch grid of a KernelContext kernel, or null for {@code @Parallel} loops
 * @param compilerFlags for the device's compiler, or empty
 * @param print         where generated code is printed, or null
 */
public record TaskSpec(
        String name, Method method, List<Object> arguments, WorkerGrid grid, String compilerFlags, PrintStream print) {
    public TaskSpec {
        arguments = List.copyOf(arguments);
    }

    /** {@return this task with other arguments} */
    public TaskSpec withArguments(List<Object> value) {
        return new TaskSpec(name, method, value, grid, compilerFlags, print);
    }

    /** {@return this task with another grid} */
    public TaskSpec withGrid(WorkerGrid value) {
        return new TaskSpec(name, method, arguments, value, compilerFlags, print);
    }
}
