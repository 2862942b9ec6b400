package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.ir.Verifier;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A kernel of one operation over arrays, written as IR: {@code out[i] = operation(in0[i], in1[i], …)}. */
final class Elementwise {
    private final List<Instruction> body = new ArrayList<>();
    private int values;

    private Elementwise() {}

    /** Emits the operation under test, given the loaded elements. {@return its result} */
    interface Operation extends BiFunction<Elementwise, List<Value>, Value> {}

    /** {@return the value of a new instruction} */
    Value emit(Type type, Op op) {
        Value value = value(type);
        body.add(new Instruction(value, op, 0));
        return value;
    }

    Value constant(Scalar type, Number value) {
        return emit(type, new Op.Constant(type, value));
    }

    private Value value(Type type) {
        return new Value(values++, type, "");
    }

    static Function function(List<Scalar> inputs, Scalar output, int n, Operation operation) {
        Elementwise kernel = new Elementwise();
        List<Value> parameters = new ArrayList<>();
        for (Scalar input : inputs) {
            parameters.add(kernel.value(new Type.Array(input, Type.Space.GLOBAL)));
        }
        Value out = kernel.value(new Type.Array(output, Type.Space.GLOBAL));
        Value i = kernel.emit(Scalar.I32, new Op.ThreadId(Op.ThreadId.Kind.GLOBAL, 0));
        List<Value> loaded = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            loaded.add(kernel.emit(inputs.get(k), new Op.Load(parameters.get(k), i, inputs.get(k))));
        }
        parameters.add(out);
        Value result = operation.apply(kernel, loaded);
        kernel.body.add(new Instruction(null, new Op.Store(out, i, result), 0));
        Block block = new Block(0, List.of(), kernel.body, new Terminator.Return(null));
        return Verifier.verify(
                new Function("operation", "Elementwise", parameters, List.of(block), List.of(), List.of((long) n)),
                "the test");
    }

    /** Runs an operation over arrays. {@return the output array} */
    static TornadoNativeArray run(
            ElementCode code,
            FloatMode mode,
            Scalar output,
            Operation operation,
            List<? extends TornadoNativeArray> inputs) {
        int n = inputs.getFirst().getSize();
        TornadoNativeArray out = array(output, n);
        Function function = function(inputs.stream().map(Elementwise::element).toList(), output, n, operation);
        List<TornadoNativeArray> arrays = new ArrayList<>(inputs);
        arrays.add(out);
        code.run(function, arrays, mode);
        return out;
    }

    static TornadoNativeArray array(Scalar type, int n) {
        return switch (type) {
            case BOOL -> throw new IllegalArgumentException();
            case I8 -> new ByteArray(n);
            case I16 -> new ShortArray(n);
            case I32 -> new IntArray(n);
            case I64 -> new LongArray(n);
            case F16 -> new HalfFloatArray(n);
            case F32 -> new FloatArray(n);
            case F64 -> new DoubleArray(n);
        };
    }

    /** {@return an array with the values cut to its type, integers from the long and floats from the double} */
    static TornadoNativeArray filled(Scalar type, List<? extends Number> values) {
        TornadoNativeArray array = array(type, values.size());
        MemorySegment memory = array.getSegment();
        for (int i = 0; i < values.size(); i++) {
            Number value = values.get(i);
            switch (array) {
                case ByteArray a -> a.set(i, value.byteValue());
                case ShortArray a -> a.set(i, value.shortValue());
                case IntArray a -> a.set(i, value.intValue());
                case LongArray a -> a.set(i, value.longValue());
                case FloatArray a -> a.set(i, value.floatValue());
                case DoubleArray a -> a.set(i, value.doubleValue());
                case HalfFloatArray _ ->
                    memory.set(ValueLayout.JAVA_SHORT, 2L * i, Float.floatToFloat16(value.floatValue()));
                default -> throw new IllegalArgumentException();
            }
        }
        return array;
    }

    /** {@return an element as Long or Double} */
    static Number get(TornadoNativeArray array, int i) {
        return switch (array) {
            case ByteArray a -> (long) a.get(i);
            case ShortArray a -> (long) a.get(i);
            case IntArray a -> (long) a.get(i);
            case LongArray a -> a.get(i);
            case FloatArray a -> (double) a.get(i);
            case DoubleArray a -> a.get(i);
            case HalfFloatArray a -> (double) a.get(i).getFloat32();
            default -> throw new IllegalArgumentException();
        };
    }

    private static Scalar element(TornadoNativeArray array) {
        return switch (array) {
            case ByteArray _ -> Scalar.I8;
            case ShortArray _ -> Scalar.I16;
            case IntArray _ -> Scalar.I32;
            case LongArray _ -> Scalar.I64;
            case FloatArray _ -> Scalar.F32;
            case DoubleArray _ -> Scalar.F64;
            case HalfFloatArray _ -> Scalar.F16;
            default -> throw new IllegalArgumentException();
        };
    }
}
