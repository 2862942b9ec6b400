package dev.sirocco.runtime.graph;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a kernel may take: native arrays, one KernelContext, and numbers of exactly the parameter's type. */
final class TaskArguments {
    private static final Set<Class<?>> SCALARS =
            Set.of(int.class, long.class, float.class, double.class, byte.class, short.class);

    private TaskArguments() {}

    /**
     * Checks a task's arguments against its kernel, so that devices need not.
     *
     * @param task {@code graph.task}, for messages
     * @return whether the kernel takes a KernelContext, and so needs a grid
     */
    static boolean check(String task, Method kernel, List<Object> arguments) {
        Class<?>[] parameters = kernel.getParameterTypes();
        String name = kernel.getDeclaringClass().getSimpleName() + "." + kernel.getName();
        if (parameters.length != arguments.size()) {
            throw new TornadoRuntimeException("Task " + task + ": kernel " + name + " takes " + parameters.length
                    + " arguments and was given " + arguments.size());
        }
        boolean context = false;
        for (int i = 0; i < parameters.length; i++) {
            Class<?> parameter = parameters[i];
            String which = "Task " + task + ": parameter " + (i + 1) + " of kernel " + name + " ";
            if (parameter == KernelContext.class) {
                if (context) {
                    throw new TornadoRuntimeException(which + "is a second KernelContext; a kernel takes one");
                }
                context = true;
            } else if (!SCALARS.contains(parameter)
                    && (parameter == TornadoNativeArray.class
                            || !TornadoNativeArray.class.isAssignableFrom(parameter))) {
                throw new TornadoRuntimeException(which + "has the type " + parameter.getTypeName()
                        + ", which kernels cannot take; use native arrays such as FloatArray, a KernelContext, or int,"
                        + " long, float, double, byte, short");
            }
            if (!MethodType.methodType(parameter).wrap().returnType().isInstance(arguments.get(i))) {
                throw new TornadoRuntimeException(which + "is a " + parameter.getSimpleName() + " and was given a "
                        + arguments.get(i).getClass().getSimpleName());
            }
        }
        return context;
    }
}
