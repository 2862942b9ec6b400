package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the sums and products that do nothing but form an array index. Nothing checks indices on a device, so an index
 * whose computation overflows is out of bounds already; knowing that it does not lets LLVM see that neighbouring
 * indices address neighbouring elements.
 */
public final class IndexArithmetic {
    private IndexArithmetic() {}

    /** {@return results of ADD, SUB and MUL that are used in indices and nowhere else} */
    public static Set<Value> find(Function function) {
        Map<Value, Binary> sums = new HashMap<>();
        Set<Value> other = new HashSet<>();
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                switch (i.op()) {
                    case Binary binary when isSum(binary) -> sums.put(i.result(), binary);
                    case Op.Load _, Op.ReadAhead _ -> {}
                    case Op.Store store -> other.add(store.value());
                    case Op.AtomicAdd add -> other.add(add.amount());
                    default -> other.addAll(i.op().operands());
                }
            }
            if (block.end().operand() != null) {
                other.add(block.end().operand());
            }
            for (Edge edge : block.end().edges()) {
                other.addAll(edge.arguments());
            }
        }
        Set<Value> found = new HashSet<>(sums.keySet());
        found.removeAll(other);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<Value, Binary> sum : sums.entrySet()) {
                if (!found.contains(sum.getKey())) {
                    changed |= found.remove(sum.getValue().left());
                    changed |= found.remove(sum.getValue().right());
                }
            }
        }
        return found;
    }

    private static boolean isSum(Binary binary) {
        return switch (binary.kind()) {
            case ADD, SUB, MUL -> binary.left().scalar().isInteger();
            case DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> false;
        };
    }
}
