package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers values so that those with equal numbers are equal: equal arithmetic on equal values has equal results. */
public final class ValueNumbers {
    /** A value as a number and a constant that is added to it; {@code base} is −1 for a literal. */
    public record Sum(int base, int offset) {}

    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Value, Sum> sums = new HashMap<>();

    public ValueNumbers(Function function) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    sums.put(i.result(), describe(i));
                }
            }
        }
    }

    /** {@return a value as a sum} Values of equal sums are equal. */
    public Sum sum(Value value) {
        return sums.computeIfAbsent(value, v -> new Sum(number(v), 0));
    }

    /** {@return the literal that an integer value is, or null} */
    Integer literal(Value value) {
        Sum sum = sum(value);
        return sum.base == -1 ? sum.offset : null;
    }

    private Sum describe(Instruction i) {
        return switch (i.op()) {
            case Op.Constant(var type, Number value)
            when type.isInteger() && value.intValue() == value.longValue() -> new Sum(-1, value.intValue());
            case Op.Binary(Op.Binary.Kind kind, Value left, Value right)
            when kind == Op.Binary.Kind.ADD && literal(right) != null ->
                new Sum(sum(left).base, sum(left).offset + literal(right));
            case Op.Binary(Op.Binary.Kind kind, Value left, Value right)
            when kind == Op.Binary.Kind.ADD && literal(left) != null ->
                new Sum(sum(right).base, sum(right).offset + literal(left));
            case Op.Binary(Op.Binary.Kind kind, Value left, Value right) -> arithmetic(kind, left, right);
            default -> new Sum(number(i.result()), 0);
        };
    }

    private Sum arithmetic(Op.Binary.Kind kind, Value left, Value right) {
        List<Object> key = new ArrayList<>(List.of(kind, left.type(), sum(left), sum(right)));
        return new Sum(number(key), 0);
    }

    private int number(Object key) {
        return numbers.computeIfAbsent(key, _ -> numbers.size());
    }
}
