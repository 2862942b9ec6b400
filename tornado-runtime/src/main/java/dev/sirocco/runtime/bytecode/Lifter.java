package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Value;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a kernel's method into IR, specialised for what is known of its arguments. */
public final class Lifter {
    /**
     * A kernel that was lifted.
     *
     * @param function its IR; unreachable blocks and superfluous block parameters are still there
     * @param classes  those that its instructions come from
     */
    public record Lifted(Function function, Set<Class<?>> classes) {
        public Lifted {
            classes = Set.copyOf(classes);
        }
    }

    private Lifter() {}

    /**
     * Lifts a kernel. Scalar arguments become literals and array lengths are known; helpers are inlined.
     *
     * @param method    a static method that returns nothing
     * @param arguments what is known of each parameter, in order
     * @throws KernelException when the kernel uses what is not supported
     */
    public static Lifted lift(Method method, List<Argument> arguments) {
        Class<?> owner = method.getDeclaringClass();
        String name = owner.getSimpleName() + "." + method.getName();
        if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != void.class) {
            throw new KernelException(name, 0, "a kernel must be a static method that returns void");
        }
        MethodTypeDesc type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        MethodModel model = KernelClass.method(owner, method.getName(), type)
                .orElseThrow(() -> new KernelException(name, 0, "cannot be found in its class file"));
        GraphBuilder graph = new GraphBuilder();
        graph.readFrom(owner);
        graph.open(graph.newBlockId(), List.of());
        List<Value> parameters = new ArrayList<>();
        List<Value> initial = new ArrayList<>();
        MethodCode names = new MethodCode(model);
        int slot = 0;
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            ClassDesc declared = type.parameterType(i);
            int position = i;
            Type parameterType = KernelTypes.parameter(declared)
                    .orElseThrow(() -> new KernelException(
                            name,
                            0,
                            "parameter " + (position + 1) + " is a "
                                    + declared.displayName()
                                    + "; a kernel takes byte, short, int, long, float, double, KernelContext and"
                                    + " the API's arrays"));
            if (!parameterType.equals(argument.parameterType())) {
                throw new KernelException(name, 0, "argument " + (i + 1) + " is no " + declared.displayName());
            }
            Value parameter = graph.newValue(parameterType, names.name(slot, 0));
            parameters.add(parameter);
            initial.add(
                    switch (argument) {
                        case Argument.Literal(Type.Scalar scalar, Number value) -> graph.constant(scalar, value);
                        case Argument.Elements(Type.Array elements, int length) -> {
                            graph.hasLength(parameter, length);
                            yield parameter;
                        }
                        case Argument.Context _ -> parameter;
                    });
            slot += parameterType == Type.Scalar.I64 || parameterType == Type.Scalar.F64 ? 2 : 1;
        }
        MethodLifter lifter =
                new MethodLifter(graph, owner, model, List.of(), value -> graph.close(new Terminator.Return(value)));
        lifter.lift(initial);
        return new Lifted(
                new Function(
                        method.getName(),
                        owner.getSimpleName(),
                        parameters,
                        graph.blocks(),
                        lifter.parallelLoops(),
                        List.of()),
                graph.classes());
    }
}
