package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.bytecode.Argument;
import dev.sirocco.runtime.bytecode.Lifter;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Printer;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.ir.Verifier;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** From a kernel's method and arguments to IR that a code generator takes. */
public final class FrontEnd {
    private record Key(Method method, List<Argument> arguments) {}

    /** What became of a kernel, and the classes that its instructions come from. */
    private record Compiled(Function function, Set<Class<?>> classes) {}

    private static final Map<Key, Compiled> COMPILED = new ConcurrentHashMap<>();

    private FrontEnd() {}

    /**
     * Lifts, specialises and simplifies a kernel. Kernels of equal specialisation are compiled once a process: the
     * layers of a model share them.
     *
     * @param method    the kernel
     * @param arguments arrays, a KernelContext and boxed scalars, one for each parameter
     * @param trace     where the IR is printed after each pass, or null
     * @return verified IR without calls, with scalars and lengths as literals and {@code @Parallel} loops mapped to ids
     * @throws KernelException naming kernel, line and reason when the kernel uses what is not supported
     */
    public static Function compile(Method method, List<Object> arguments, PrintStream trace) {
        return compiled(method, arguments, trace).function;
    }

    /**
     * {@return the classes that a kernel's instructions come from: its own, and those of helpers}
     *
     * @param arguments as {@link #compile} takes them
     */
    public static Set<Class<?>> classes(Method method, List<Object> arguments) {
        return compiled(method, arguments, null).classes;
    }

    /**
     * {@return what is known of arguments when a kernel is compiled}
     *
     * @throws KernelException when an argument is nothing that a kernel takes
     */
    public static List<Argument> arguments(Method method, List<Object> arguments) {
        List<Argument> known = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            known.add(argument(method, i, arguments.get(i)));
        }
        if (known.size() != method.getParameterCount()) {
            throw new KernelException(
                    name(method), 0, known.size() + " arguments for " + method.getParameterCount() + " parameters");
        }
        return List.copyOf(known);
    }

    private static Compiled compiled(Method method, List<Object> arguments, PrintStream trace) {
        Key key = new Key(method, arguments(method, arguments));
        if (trace != null) {
            return compile(key, trace);
        }
        return COMPILED.computeIfAbsent(key, k -> compile(k, null));
    }

    private static Compiled compile(Key key, PrintStream trace) {
        Lifter.Lifted lifted = Lifter.lift(key.method, key.arguments);
        Function current = check(Simplify.dropUnreachable(lifted.function()), "lifting", trace);
        current = check(Simplify.run(current), "simplification", trace);
        rejectChosenArrays(current);
        current = check(ResolveLengths.run(current, key.arguments), "resolution of lengths", trace);
        current = check(Simplify.run(current), "second simplification", trace);
        current = check(MapParallelLoops.run(current), "mapping of parallel loops", trace);
        return new Compiled(check(Simplify.run(current), "last simplification", trace), lifted.classes());
    }

    private static Function check(Function function, String after, PrintStream trace) {
        if (trace != null) {
            trace.println("; after " + after);
            trace.println(Printer.print(function));
        }
        return Verifier.verify(function, after);
    }

    /** Devices have typed address spaces and no pointers to choose from: an array must be the same on every path. */
    private static void rejectChosenArrays(Function function) {
        for (Block block : function.blocks()) {
            for (Value parameter : block.parameters()) {
                if (!(parameter.type() instanceof Scalar || parameter.type() instanceof Type.Fragment)) {
                    int line = block.body().stream()
                            .mapToInt(Instruction::line)
                            .findFirst()
                            .orElse(0);
                    throw new KernelException(
                            function.declaredIn() + "." + function.name(),
                            line,
                            "the variable " + parameter.name()
                                    + " is one array or another; choose between elements, not" + " arrays");
                }
            }
        }
    }

    private static Argument argument(Method method, int position, Object value) {
        Class<?> parameter = method.getParameterTypes()[position];
        return switch (value) {
            case Number number
            when parameter == int.class || parameter == short.class || parameter == byte.class ->
                new Argument.Literal(Scalar.I32, number.longValue());
            case Number number when parameter == long.class -> new Argument.Literal(Scalar.I64, number.longValue());
            case Number number
            when parameter == float.class -> new Argument.Literal(Scalar.F32, (double) number.floatValue());
            case Number number when parameter == double.class -> new Argument.Literal(Scalar.F64, number.doubleValue());
            case KernelContext _ -> new Argument.Context();
            case TornadoNativeArray array
            when elementType(array) != null ->
                new Argument.Elements(new Type.Array(elementType(array), Space.GLOBAL), array.getSize());
            default ->
                throw new KernelException(
                        name(method),
                        0,
                        "argument " + (position + 1) + " is a "
                                + value.getClass().getSimpleName()
                                + "; a kernel takes byte, short, int, long, float, double, KernelContext and the"
                                + " API's arrays");
        };
    }

    private static Scalar elementType(TornadoNativeArray array) {
        return switch (array) {
            case ByteArray _, Int8Array _ -> Scalar.I8;
            case ShortArray _ -> Scalar.I16;
            case IntArray _ -> Scalar.I32;
            case LongArray _ -> Scalar.I64;
            case HalfFloatArray _ -> Scalar.F16;
            case FloatArray _ -> Scalar.F32;
            case DoubleArray _ -> Scalar.F64;
            default -> null;
        };
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
