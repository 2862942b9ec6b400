package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calls that a kernel may make besides its own static helpers, and what they become. */
final class Intrinsics {
    private static final Set<ClassDesc> MATH =
            Set.of(ClassDesc.of("java.lang.Math"), ClassDesc.of(KernelTypes.API + "math.TornadoMath"));

    private static final Map<String, Op.Unary.Kind> UNARY = Map.of(
            "abs", Op.Unary.Kind.ABS,
            "sqrt", Op.Unary.Kind.SQRT,
            "exp", Op.Unary.Kind.EXP,
            "log", Op.Unary.Kind.LOG,
            "sin", Op.Unary.Kind.SIN,
            "cos", Op.Unary.Kind.COS,
            "tanh", Op.Unary.Kind.TANH,
            "floor", Op.Unary.Kind.FLOOR,
            "ceil", Op.Unary.Kind.CEIL);

    private static final Map<String, Op.Binary.Kind> BINARY =
            Map.of("min", Op.Binary.Kind.MIN, "max", Op.Binary.Kind.MAX, "pow", Op.Binary.Kind.POW);

    private static final Map<String, Scalar> LOCAL_ARRAYS = Map.of(
            "allocateByteLocalArray", Scalar.I8,
            "allocateIntLocalArray", Scalar.I32,
            "allocateLongLocalArray", Scalar.I64,
            "allocateHalfFloatLocalArray", Scalar.F16,
            "allocateFloatLocalArray", Scalar.F32,
            "allocateDoubleLocalArray", Scalar.F64);

    private static final Map<String, Op.ThreadId.Kind> THREAD_FIELDS = Map.of(
            "globalId", Op.ThreadId.Kind.GLOBAL,
            "localId", Op.ThreadId.Kind.LOCAL,
            "groupId", Op.ThreadId.Kind.GROUP,
            "globalGroupSize", Op.ThreadId.Kind.GLOBAL_SIZE,
            "localGroupSize", Op.ThreadId.Kind.LOCAL_SIZE);

    /** What a call leaves on the stack: nothing known to us, no result, or a value. */
    sealed interface Outcome {
        record Unknown() implements Outcome {}

        record Done() implements Outcome {}

        record Result(Value value) implements Outcome {}
    }

    private static final Outcome UNKNOWN = new Outcome.Unknown();
    private static final Outcome DONE = new Outcome.Done();

    private final GraphBuilder graph;

    Intrinsics(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Emits a static call, if it is one of ours. */
    Outcome callStatic(ClassDesc owner, String name, MethodTypeDesc type, List<Value> arguments) {
        if (MATH.contains(owner)) {
            return mathematics(name, type, arguments)
                    .<Outcome>map(Outcome.Result::new)
                    .orElseThrow(() -> new Refusal(owner.displayName() + "." + name + type.displayDescriptor()
                            + " is not available on devices; use abs, min, max, sqrt, exp, log, sin, cos, tanh, pow,"
                            + " floor or ceil"));
        }
        if (owner.equals(KernelTypes.HALF_FLOAT)) {
            Optional<Op.Binary.Kind> kind = switch (name) {
                case "add" -> Optional.of(Op.Binary.Kind.ADD);
                case "sub" -> Optional.of(Op.Binary.Kind.SUB);
                case "mult" -> Optional.of(Op.Binary.Kind.MUL);
                case "div" -> Optional.of(Op.Binary.Kind.DIV);
                default -> Optional.empty();
            };
            if (kind.isPresent()) {
                Value left = graph.convert(Scalar.F32, arguments.get(0));
                Value right = graph.convert(Scalar.F32, arguments.get(1));
                return new Outcome.Result(graph.convert(Scalar.F16, graph.binary(kind.get(), left, right)));
            }
        }
        return UNKNOWN;
    }

    /** Emits an instance call, if it is one of ours; {@code arguments} begin with the receiver. */
    Outcome callVirtual(ClassDesc owner, String name, List<Value> arguments) {
        Value receiver = arguments.getFirst();
        if (owner.equals(KernelTypes.CONTEXT)) {
            return context(name, arguments);
        }
        if (owner.equals(KernelTypes.HALF_FLOAT) && name.equals("getFloat32")) {
            return new Outcome.Result(graph.convert(Scalar.F32, receiver));
        }
        if (owner.equals(KernelTypes.HALF_FLOAT) && name.equals("getHalfFloatValue")) {
            return new Outcome.Result(graph.emit(Scalar.I32, new Op.HalfBits(receiver)));
        }
        if (owner.descriptorString().equals("Ljava/lang/Integer;") && name.equals("intValue")) {
            return new Outcome.Result(receiver);
        }
        Optional<Scalar> element = KernelTypes.element(owner);
        return element.isEmpty() ? UNKNOWN : array(element.get(), name, arguments);
    }

    /**
     * {@return the value of a field of the kernel context, such as {@code globalIdx}; empty when it has no such field}
     */
    Optional<Value> contextField(String name) {
        String stem = name.substring(0, name.length() - 1);
        int dimension = Character.toLowerCase(name.charAt(name.length() - 1)) - 'x';
        Op.ThreadId.Kind kind = THREAD_FIELDS.get(stem);
        return kind == null || dimension < 0 || dimension > 2
                ? Optional.empty()
                : Optional.of(graph.emit(Scalar.I32, new Op.ThreadId(kind, dimension)));
    }

    /** Reads {@code array[index]} in its Java form: small integers as int. */
    Value load(Value array, Value index, Scalar as) {
        Value value = graph.emit(as, new Op.Load(array, index, as));
        return as == Scalar.I8 || as == Scalar.I16 ? graph.convert(Scalar.I32, value) : value;
    }

    /** Writes a Java value to {@code array[index]}, cut to {@code as}. */
    void store(Value array, Value index, Value value, Scalar as) {
        graph.effect(new Op.Store(array, index, graph.convert(as, value)));
    }

    /** {@return what a helper computes that says so by an annotation; empty when its code has to be read} */
    Optional<Value> annotated(MethodModel helper, List<Value> arguments) {
        if (KernelClass.loadsFloat16(helper)) {
            return Optional.of(graph.convert(Scalar.F32, load(arguments.get(0), arguments.get(1), Scalar.F16)));
        }
        if (KernelClass.loadsWord(helper)) {
            return Optional.of(load(arguments.get(0), arguments.get(1), Scalar.I32));
        }
        if (KernelClass.isFloatFromBits(helper)) {
            return Optional.of(graph.emit(Scalar.F32, new Op.FloatBits(arguments.get(0))));
        }
        if (KernelClass.isFloat16FromBits(helper)) {
            Value half = graph.emit(Scalar.F16, new Op.FloatBits(arguments.get(0)));
            return Optional.of(graph.convert(Scalar.F32, half));
        }
        return KernelClass.isFloat16Pair(helper)
                ? Optional.of(halves(arguments.get(0), arguments.get(1)))
                : Optional.empty();
    }

    /** {@return two floats as halves, the second above the first in an int} */
    private Value halves(Value low, Value high) {
        Value lower = graph.emit(Scalar.I32, new Op.HalfBits(graph.convert(Scalar.F16, low)));
        Value upper = graph.emit(Scalar.I32, new Op.HalfBits(graph.convert(Scalar.F16, high)));
        return graph.binary(
                Op.Binary.Kind.OR,
                graph.binary(Op.Binary.Kind.AND, lower, graph.constant(Scalar.I32, 0xFFFFL)),
                graph.binary(Op.Binary.Kind.SHL, upper, graph.constant(Scalar.I32, 16L)));
    }

    private Outcome array(Scalar element, String name, List<Value> arguments) {
        Value array = arguments.getFirst();
        switch (name) {
            case "get" -> {
                return new Outcome.Result(load(array, arguments.get(1), element));
            }
            case "set" -> {
                store(array, arguments.get(1), arguments.get(2), element);
                return DONE;
            }
            case "getHalfFloat" -> {
                return new Outcome.Result(load(array, arguments.get(1), Scalar.F16));
            }
            case "setHalfFloat" -> {
                store(array, arguments.get(1), arguments.get(2), Scalar.F16);
                return DONE;
            }
            case "getSize" -> {
                return new Outcome.Result(length(array));
            }
            default -> {
                return UNKNOWN;
            }
        }
    }

    private Outcome context(String name, List<Value> arguments) {
        Scalar element = LOCAL_ARRAYS.get(name);
        if (element != null) {
            throw new Refusal("the size of a local array must be a literal");
        }
        switch (name) {
            case "localBarrier" -> graph.effect(new Op.Barrier(Space.LOCAL));
            case "globalBarrier" -> graph.effect(new Op.Barrier(Space.GLOBAL));
            case "atomicAdd" -> {
                Scalar type = arguments.get(1).array().element();
                if (type != Scalar.I32 && type != Scalar.I64) {
                    throw new Refusal("atomicAdd on " + type + " is not available on every device; use int or long");
                }
                graph.effect(new Op.AtomicAdd(arguments.get(1), arguments.get(2), arguments.get(3)));
            }
            default -> {
                return name.startsWith("mma") ? new WarpCalls(graph).call(name, arguments) : UNKNOWN;
            }
        }
        return DONE;
    }

    /** {@return what stands for a shape of tiles, an argument of the context's methods for them} */
    Value shape(String name) {
        if (!name.equals(WarpCalls.SHAPE)) {
            throw new Refusal("MMAShape." + name + " is not supported; use MMAShape." + WarpCalls.SHAPE
                    + ", with tiles of halves");
        }
        return graph.constant(Scalar.I32, 0L);
    }

    /** {@return the local array that a call of the context makes; empty when the call is another} */
    Optional<Value> localArray(ClassDesc owner, String name, int length) {
        Scalar element = owner.equals(KernelTypes.CONTEXT) ? LOCAL_ARRAYS.get(name) : null;
        if (element == null) {
            return Optional.empty();
        }
        return Optional.of(newArray(element, length, Space.LOCAL));
    }

    /** Makes a private or local array. */
    Value newArray(Scalar element, int length, Space space) {
        if (length <= 0) {
            throw new Refusal("an array of " + length + " elements");
        }
        Value array = graph.emit(new Type.Array(element, space), new Op.NewArray(element, length, space));
        graph.hasLength(array, length);
        return array;
    }

    /** {@return an array's element count, as a literal where every way here brings the same array} */
    Value length(Value array) {
        return graph.length(array)
                .map(length -> graph.constant(Scalar.I32, (long) length))
                .orElseGet(() -> graph.emit(Scalar.I32, new Op.Length(array)));
    }

    private Optional<Value> mathematics(String name, MethodTypeDesc type, List<Value> arguments) {
        Scalar scalar = arguments.getFirst().scalar();
        boolean uniform = arguments.stream().allMatch(a -> a.type() == scalar)
                && KernelTypes.parameter(type.returnType())
                        .filter(scalar::equals)
                        .isPresent();
        if (!uniform) {
            return Optional.empty();
        }
        if (arguments.size() == 1 && UNARY.containsKey(name)) {
            return Optional.of(graph.emit(scalar, new Op.Unary(UNARY.get(name), arguments.getFirst())));
        }
        if (arguments.size() == 2 && BINARY.containsKey(name)) {
            return Optional.of(graph.binary(BINARY.get(name), arguments.get(0), arguments.get(1)));
        }
        return Optional.empty();
    }
}
