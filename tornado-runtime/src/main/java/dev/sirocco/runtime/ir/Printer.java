package dev.sirocco.runtime.ir;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a function as text, for people and for error messages. */
public final class Printer {
    private Printer() {}

    /** {@return the whole function, one instruction a line} */
    public static String print(Function function) {
        StringBuilder out = new StringBuilder();
        out.append("kernel ")
                .append(function.declaredIn())
                .append('.')
                .append(function.name())
                .append('(')
                .append(typed(function.parameters()))
                .append(')');
        if (!function.domain().isEmpty()) {
            out.append(" over ").append(function.domain());
        }
        if (!function.parallelLoops().isEmpty()) {
            out.append(" parallel ").append(function.parallelLoops());
        }
        out.append('\n');
        int line = 0;
        for (Block block : function.blocks()) {
            out.append('b').append(block.id());
            if (!block.parameters().isEmpty()) {
                out.append('(').append(typed(block.parameters())).append(')');
            }
            out.append(":\n");
            for (Instruction instruction : block.body()) {
                out.append("    ").append(print(instruction));
                if (instruction.line() != line && instruction.line() > 0) {
                    line = instruction.line();
                    out.append("    ; line ").append(line);
                }
                out.append('\n');
            }
            out.append("    ").append(print(block.end())).append('\n');
        }
        return out.toString();
    }

    /** {@return one instruction as text} */
    static String print(Instruction instruction) {
        String text = print(instruction.op());
        Value result = instruction.result();
        return result == null ? text : result + " : " + result.type() + " = " + text;
    }

    private static String typed(List<Value> values) {
        return values.stream().map(v -> v + " : " + v.type()).collect(Collectors.joining(", "));
    }

    private static String print(Op op) {
        return switch (op) {
            case Op.Constant(Type.Scalar type, Number value) -> "constant " + value;
            case Op.Binary(Op.Binary.Kind kind, Value a, Value b) -> lower(kind) + " " + a + ", " + b;
            case Op.Unary(Op.Unary.Kind kind, Value a) -> lower(kind) + " " + a;
            case Op.Compare(Op.Compare.Condition condition, Value a, Value b) ->
                "compare " + lower(condition) + " " + a + ", " + b;
            case Op.Select(Value condition, Value a, Value b) -> "select " + condition + ", " + a + ", " + b;
            case Op.Convert(Type.Scalar to, Value a) -> "convert " + a + " to " + to;
            case Op.Load(Value array, Value index, Type.Scalar as) -> "load " + as + " " + array + "[" + index + "]";
            case Op.Store(Value array, Value index, Value value) -> "store " + array + "[" + index + "] = " + value;
            case Op.Length(Value array) -> "length " + array;
            case Op.NewArray(Type.Scalar element, int length, Type.Space space) ->
                "new " + lower(space) + " " + element + "[" + length + "]";
            case Op.ThreadId(Op.ThreadId.Kind kind, int dimension) -> "thread " + lower(kind) + " " + dimension;
            case Op.Barrier(Type.Space space) -> "barrier " + lower(space);
            case Op.FloatBits(Value a) -> "float of bits " + a;
            case Op.HalfBits(Value a) -> "bits of half " + a;
            case Op.Tile.Fill(Value value) -> "tile of " + value;
            case Op.Tile.Load(Type.Fragment kind, Value array, Value offset) ->
                "load " + kind + " " + array + "[byte " + offset + "]";
            case Op.Tile.MultiplyAdd(Value left, Value right, Value sums) ->
                "multiply " + left + ", " + right + " + " + sums;
            case Op.Tile.Store(Value sums, Value array, Value row, Value column, Value stride) ->
                "store tile " + array + "[" + row + " * " + stride + " + " + column + "] = " + sums;
            case Op.ReadAhead(Value array, Value index, int bytes) ->
                "read ahead " + array + "[" + index + "] + " + bytes + " bytes";
            case Op.AtomicAdd(Value array, Value index, Value amount) ->
                "atomic add " + array + "[" + index + "], " + amount;
        };
    }

    private static String print(Terminator end) {
        return switch (end) {
            case Terminator.Jump(Edge to) -> "jump " + print(to);
            case Terminator.Branch(Value condition, Edge yes, Edge no) ->
                "branch " + condition + " ? " + print(yes) + " : " + print(no);
            case Terminator.Switch(Value key, List<Integer> keys, List<Edge> cases, Edge otherwise) -> {
                StringBuilder out = new StringBuilder("switch ").append(key);
                for (int i = 0; i < keys.size(); i++) {
                    out.append(", ").append(keys.get(i)).append(" -> ").append(print(cases.get(i)));
                }
                yield out.append(", else ").append(print(otherwise)).toString();
            }
            case Terminator.Return(Value operand) -> operand == null ? "return" : "return " + operand;
        };
    }

    private static String print(Edge edge) {
        return "b" + edge.block() + (edge.arguments().isEmpty() ? "" : edge.arguments());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
