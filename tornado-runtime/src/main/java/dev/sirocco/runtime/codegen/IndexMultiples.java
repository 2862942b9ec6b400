package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of which powers of two indices are multiples: what is read of bytes as words is aligned like that. LLVM finds
 * it by itself, but forgets it where it merges loads of several branches. Overflow does not change it.
 */
final class IndexMultiples {
    private static final int MOST = 1 << 16;

    private final Map<Value, Instruction> definitions = new HashMap<>();
    private final Map<Value, Integer> found = new HashMap<>();

    IndexMultiples(Function function) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i);
                }
            }
        }
    }

    /** {@return a power of two that an integer is a multiple of} */
    int of(Value value) {
        Integer known = found.get(value);
        if (known == null) {
            Instruction definition = definitions.get(value);
            known = definition == null ? 1 : of(definition.op());
            found.put(value, known);
        }
        return known;
    }

    private int of(Op op) {
        return switch (op) {
            case Op.Constant(var type, Number value)
            when type.isInteger() -> value.longValue() == 0 ? MOST : capped(Long.lowestOneBit(value.longValue()));
            case Binary(Binary.Kind kind, Value left, Value right)
            when left.scalar().isInteger() ->
                switch (kind) {
                    case ADD, SUB, OR, XOR, MIN, MAX -> Math.min(of(left), of(right));
                    case MUL -> capped((long) of(left) * of(right));
                    case AND -> Math.max(of(left), of(right));
                    case SHL -> of(left);
                    case DIV, REM, SHR, USHR, POW -> 1;
                };
            case Op.Select(Value _, Value a, Value b) when a.scalar().isInteger() -> Math.min(of(a), of(b));
            case Op.Constant _,
                    Binary _,
                    Op.Select _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Tile _,
                    Op.Load _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.ThreadId _,
                    Op.Store _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _ -> 1;
        };
    }

    private static int capped(long multiple) {
        return (int) (multiple <= 0 || multiple > MOST ? MOST : multiple);
    }
}
