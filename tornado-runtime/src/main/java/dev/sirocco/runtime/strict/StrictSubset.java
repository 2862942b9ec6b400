package dev.sirocco.runtime.strict;

import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.reflect.Method;
import java.util.List;

/** Refuses kernels that a TornadoVM SDK would refuse, or take and get wrong. */
public final class StrictSubset {
    /** What every refusal begins with, after the kernel's name and line. */
    static final String PREFIX = "not for a TornadoVM SDK: ";

    private StrictSubset() {}

    /**
     * Checks a task.
     *
     * @param method    the kernel
     * @param arguments arrays, a KernelContext and boxed scalars, one for each parameter
     * @throws KernelException naming kernel, line, what is wrong there, and what to write instead
     */
    public static void check(Method method, List<Object> arguments) {
        GraphRules.check(FrontEnd.compile(method, arguments, null));
        ClassFileRules.check(method);
        if (DeviceNames.isTaken(method.getName())) {
            throw new KernelException(
                    method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                    0,
                    PREFIX + "'" + method.getName() + "' is a name of OpenCL C; name the method otherwise");
        }
    }
}
