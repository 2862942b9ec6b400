package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which integers are always even: halves at even byte addresses can be read at once. Overflow does not change
 * the lowest bit.
 */
final class Parity {
    private enum Bit {
        EVEN,
        ODD,
        EITHER
    }

    private final Map<Value, Bit> bits = new HashMap<>();

    /** Assumes the best of values that were not looked at yet, until nothing changes. */
    Parity(Function function) {
        Map<Integer, Block> blocks = new HashMap<>();
        function.blocks().forEach(block -> blocks.put(block.id(), block));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : function.blocks()) {
                for (Instruction i : block.body()) {
                    if (i.result() != null) {
                        changed |= meet(i.result(), bit(i.op()));
                    }
                }
                for (Edge edge : block.end().edges()) {
                    List<Value> parameters = blocks.get(edge.block()).parameters();
                    for (int k = 0; k < parameters.size(); k++) {
                        changed |= meet(
                                parameters.get(k), bits.get(edge.arguments().get(k)));
                    }
                }
            }
        }
    }

    boolean isEven(Value value) {
        return bits.get(value) == Bit.EVEN;
    }

    /** {@return whether anything new is known}; null is not known yet. */
    private boolean meet(Value value, Bit bit) {
        if (bit == null) {
            return false;
        }
        Bit old = bits.get(value);
        Bit now = old == null || old == bit ? bit : Bit.EITHER;
        bits.put(value, now);
        return now != old;
    }

    private Bit bit(Op op) {
        return switch (op) {
            case Op.Constant(var type, Number value)
            when type.isInteger() -> (value.longValue() & 1) == 0 ? Bit.EVEN : Bit.ODD;
            case Binary(Binary.Kind kind, Value left, Value right) -> binary(kind, bits.get(left), bits.get(right));
            case Op.Select(Value _, Value a, Value b) ->
                bits.get(a) == null
                        ? bits.get(b)
                        : bits.get(b) == null || bits.get(a) == bits.get(b) ? bits.get(a) : Bit.EITHER;
            case Op.Constant _,
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
                    Op.ReadAhead _ -> Bit.EITHER;
        };
    }

    private static Bit binary(Binary.Kind kind, Bit left, Bit right) {
        if (left == null || right == null) {
            return null;
        }
        boolean known = left != Bit.EITHER && right != Bit.EITHER;
        return switch (kind) {
            case ADD, SUB, XOR -> known ? left == right ? Bit.EVEN : Bit.ODD : Bit.EITHER;
            case MUL, AND -> left == Bit.EVEN || right == Bit.EVEN ? Bit.EVEN : known ? Bit.ODD : Bit.EITHER;
            case OR -> left == Bit.ODD || right == Bit.ODD ? Bit.ODD : known ? Bit.EVEN : Bit.EITHER;
            case MIN, MAX -> left == right ? left : Bit.EITHER;
            case DIV, REM, SHL, SHR, USHR, POW -> Bit.EITHER;
        };
    }
}
