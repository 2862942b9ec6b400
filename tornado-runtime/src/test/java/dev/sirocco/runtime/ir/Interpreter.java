package dev.sirocco.runtime.ir;

import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Runs IR one work-item at a time, straight from its definition: what a code generator must agree with. */
public final class Interpreter {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final Function function;
    private final List<Object> arguments;
    private final Map<Integer, Block> blocks = new HashMap<>();

    private Interpreter(Function function, List<Object> arguments) {
        this.function = function;
        this.arguments = arguments;
        function.blocks().forEach(block -> blocks.put(block.id(), block));
    }

    /** Runs the whole domain of a loop-parallel kernel, or {@code items} work-items in dimension x. */
    public static void run(Function function, List<Object> arguments, long... items) {
        long[] extents = function.isLoopParallel()
                ? function.domain().stream().mapToLong(Long::longValue).toArray()
                : items;
        long total = 1;
        for (long extent : extents) {
            total *= extent;
        }
        for (long linear = 0; linear < total; linear++) {
            int[] ids = new int[3];
            long rest = linear;
            for (int d = extents.length - 1; d >= 0; d--) {
                ids[d] = (int) (rest % extents[d]);
                rest /= extents[d];
            }
            new Interpreter(function, arguments).workItem(ids);
        }
    }

    private void workItem(int[] ids) {
        Map<Value, Object> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            values.put(
                    function.parameters().get(i),
                    argument instanceof TornadoNativeArray array ? array.getSegment() : argument);
        }
        Block block = function.entry();
        while (true) {
            for (Instruction instruction : block.body()) {
                Object result = evaluate(instruction, values, ids);
                if (instruction.result() != null) {
                    values.put(instruction.result(), result);
                }
            }
            Edge edge = switch (block.end()) {
                case Terminator.Return _ -> null;
                case Terminator.Jump(Edge to) -> to;
                case Terminator.Branch(Value condition, Edge yes, Edge no) ->
                    ((Number) values.get(condition)).longValue() != 0 ? yes : no;
                case Terminator.Switch(Value key, List<Integer> keys, List<Edge> cases, Edge otherwise) -> {
                    int chosen = keys.indexOf(((Number) values.get(key)).intValue());
                    yield chosen < 0 ? otherwise : cases.get(chosen);
                }
            };
            if (edge == null) {
                return;
            }
            block = blocks.get(edge.block());
            List<Object> given = edge.arguments().stream().map(values::get).toList();
            for (int i = 0; i < given.size(); i++) {
                values.put(block.parameters().get(i), given.get(i));
            }
        }
    }

    private static Object evaluate(Instruction instruction, Map<Value, Object> values, int[] ids) {
        return switch (instruction.op()) {
            case Op.NewArray(Scalar element, int length, Space space) ->
                MemorySegment.ofArray(new long[(length * element.sizeBytes() + 7) / 8]);
            case Op.ThreadId(Op.ThreadId.Kind kind, int dimension) -> {
                if (kind != Op.ThreadId.Kind.GLOBAL) {
                    throw new UnsupportedOperationException(kind.toString());
                }
                yield (long) ids[dimension];
            }
            case Op.Load(Value array, Value index, Scalar as) ->
                load((MemorySegment) values.get(array), offset(array, index, values), as);
            case Op.Store(Value array, Value index, Value value) -> {
                store((MemorySegment) values.get(array), offset(array, index, values), value.scalar(), (Number)
                        values.get(value));
                yield null;
            }
            case Op.Barrier _, Op.AtomicAdd _, Op.ReadAhead _, Op.Length _, Op.Tile _ ->
                throw new UnsupportedOperationException();
            case Op.Constant _,
                    Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _ ->
                ConstantFolding.fold(instruction.result().type(), instruction.op(), v -> (Number) values.get(v))
                        .orElseThrow();
        };
    }

    private static long offset(Value array, Value index, Map<Value, Object> values) {
        return ((Number) values.get(index)).longValue()
                * array.array().element().sizeBytes();
    }

    private static Number load(MemorySegment memory, long offset, Scalar as) {
        return switch (as) {
            case BOOL -> throw new IllegalArgumentException();
            case I8 -> (long) memory.get(ValueLayout.JAVA_BYTE, offset);
            case I16 -> (long) memory.get(SHORT, offset);
            case I32 -> (long) memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
            case I64 -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            case F16 -> (double) Float.float16ToFloat(memory.get(SHORT, offset));
            case F32 -> (double) memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
            case F64 -> memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
        };
    }

    private static void store(MemorySegment memory, long offset, Scalar as, Number value) {
        switch (as) {
            case BOOL -> throw new IllegalArgumentException();
            case I8 -> memory.set(ValueLayout.JAVA_BYTE, offset, value.byteValue());
            case I16 -> memory.set(SHORT, offset, value.shortValue());
            case I32 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value.intValue());
            case I64 -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value.longValue());
            case F16 -> memory.set(SHORT, offset, Float.floatToFloat16(value.floatValue()));
            case F32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, offset, value.floatValue());
            case F64 -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, value.doubleValue());
        }
    }
}
