package dev.sirocco.runtime.graph;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Finds the kernel behind the method reference that a task was given. Task functions are serializable, and the
 * serialized form of a lambda names the method that implements it (see {@link SerializedLambda}); nothing is written.
 */
final class KernelReference {
    private KernelReference() {}

    /**
     * {@return the static method that {@code code} refers to}
     *
     * @param task {@code graph.task}, for messages
     * @throws TornadoRuntimeException if the code is anything but a reference to a static method
     */
    static Method resolve(String task, Serializable code) {
        SerializedLambda lambda = serializedForm(task, code);
        String written = simpleName(lambda.getImplClass()) + "::" + lambda.getImplMethodName();
        if (lambda.getImplMethodName().startsWith("lambda$")) {
            throw refused(task, "its code is a lambda with a body in " + simpleName(lambda.getImplClass()));
        }
        if (lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
            throw refused(task, "its code is the constructor of " + simpleName(lambda.getImplClass()));
        }
        if (lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
            throw refused(task, "its code is the instance method " + written);
        }
        ClassLoader loader = code.getClass().getClassLoader();
        try {
            Class<?> declaring = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            MethodType type = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            Method method = declaring.getDeclaredMethod(lambda.getImplMethodName(), type.parameterArray());
            if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != void.class) {
                throw refused(task, "its code " + written + " returns a value");
            }
            return method;
        } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
            throw refused(task, "its code " + written + " cannot be loaded (" + e + ")");
        }
    }

    private static SerializedLambda serializedForm(String task, Serializable code) {
        try {
            Method writeReplace = code.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            if (writeReplace.invoke(code) instanceof SerializedLambda lambda) {
                return lambda;
            }
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw refused(task, "its code is an object of " + code.getClass().getName());
        }
        throw refused(task, "its code is an object of " + code.getClass().getName());
    }

    private static TornadoRuntimeException refused(String task, String what) {
        return new TornadoRuntimeException("Task " + task + ": " + what
                + "; write a reference to a static void method that takes all it needs as arguments, "
                + "such as Kernels::add");
    }

    private static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
