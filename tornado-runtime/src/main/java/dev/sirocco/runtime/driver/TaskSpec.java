package dev.sirocco.runtime.driver;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.List;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * A task to be bound to a device.
 *
 * @param name      {@code graph.task}
 * @param method    the kernel: a static method
 * @param arguments arrays, a KernelContext, boxed scalars, in the order of the parameters
 * @param grid      the launch grid of a KernelContext kernel, or null for {@code @Parallel} loops
 * @param print     where generated code is printed, or null
 */
public record TaskSpec(String name, Method method, List<Object> arguments, WorkerGrid grid, PrintStream print) {
    public TaskSpec {
        arguments = List.copyOf(arguments);
    }
}
