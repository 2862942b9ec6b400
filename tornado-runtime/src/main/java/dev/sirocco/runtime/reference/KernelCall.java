package dev.sirocco.runtime.reference;

import dev.sirocco.runtime.driver.TaskSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A kernel and its arguments, ready to be called as Java any number of times, by one thread at a time. */
final class KernelCall {
    private static final int NO_CONTEXT = -1;

    private final String task;
    private final Method method;
    private final MethodHandle handle; // (Object[]) → void
    private final Object[] arguments;
    private final int contextPosition;

    private KernelCall(String task, Method method, MethodHandle handle, Object[] arguments, int contextPosition) {
        this.task = task;
        this.method = method;
        this.handle = handle;
        this.arguments = arguments;
        this.contextPosition = contextPosition;
    }

    static KernelCall of(TaskSpec task) {
        Method method = task.method();
        Object[] arguments = task.arguments().toArray();
        int contextPosition = NO_CONTEXT;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof KernelContext) {
                contextPosition = i;
            }
        }
        return new KernelCall(task.name(), method, spreading(task.name(), method), arguments, contextPosition);
    }

    private static MethodHandle spreading(String task, Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(void.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new TornadoRuntimeException("Task " + task + ": kernel " + method + " cannot be called from here: "
                    + e.getMessage() + "; open its package to the runtime");
        }
    }

    boolean takesContext() {
        return contextPosition != NO_CONTEXT;
    }

    /** {@return the kernel as it is written in source: {@code Class.method}} */
    String kernel() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Calls the kernel; a context stands in for the one that the task was recorded with. */
    void invoke(KernelContext context) throws Throwable {
        Object[] actual = arguments;
        if (context != null) {
            actual = arguments.clone();
            actual[contextPosition] = context;
        }
        handle.invokeExact(actual);
    }

    /**
     * {@return what the caller of the graph is told when a kernel throws}
     *
     * @param where the work-item, or empty
     */
    TornadoRuntimeException failure(String where, Throwable thrown) {
        var failure = new TornadoRuntimeException(
                "Task " + task + ": kernel " + kernel() + line(thrown.getStackTrace()) + where + ": " + thrown);
        failure.initCause(thrown);
        return failure;
    }

    /** {@return what the caller of the graph is told when the work-items of a group do not go together} */
    TornadoRuntimeException misuse(String problem, StackTraceElement[] where) {
        return new TornadoRuntimeException("Task " + task + ": kernel " + kernel() + line(where) + ": " + problem);
    }

    /** {@return the innermost source line of the kernel's class on the stack, for a message} */
    private String line(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame ->
                        frame.getClassName().equals(method.getDeclaringClass().getName()))
                .findFirst()
                .map(frame -> " (line " + frame.getLineNumber() + ")")
                .orElse("");
    }
}
