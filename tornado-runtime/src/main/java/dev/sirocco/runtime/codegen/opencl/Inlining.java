package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which values are written where they are used instead of into a variable: those that are used once, in their
 * own block, and that a store in between cannot change, and that have no Java name of their own. A value that is only
 * handed over to another block gets the name of the variable there.
 */
final class Inlining {
    /** Operations in one expression: more are hard to read. */
    private static final int MOST_OPERATIONS = 16;

    private final Map<Value, Instruction> definitions = new HashMap<>();
    private final Map<Value, Integer> uses = new HashMap<>();
    private final Set<Value> handedOver = new HashSet<>();
    private final Set<Value> inlined = new HashSet<>();

    Inlining(Function function) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i);
                }
                i.op().operands().forEach(this::use);
            }
            if (block.end().operand() != null) {
                use(block.end().operand());
            }
            for (Edge edge : block.end().edges()) {
                edge.arguments().forEach(this::use);
                handedOver.addAll(edge.arguments());
            }
        }
        function.blocks().forEach(this::decide);
    }

    private void use(Value value) {
        uses.merge(value, 1, Integer::sum);
    }

    /** {@return the instruction that defines a value, or null for parameters} */
    Instruction definition(Value value) {
        return definitions.get(value);
    }

    /** {@return whether the value is written where it is used} */
    boolean isInlined(Value value) {
        return inlined.contains(value);
    }

    /** {@return whether an instruction is a statement of its own} */
    boolean isStatement(Instruction i) {
        return switch (i.op()) {
            case Op.Constant _, Op.ThreadId _ -> false;
            case Op.Store _, Op.Barrier _, Op.AtomicAdd _, Op.ReadAhead _ -> true;
            case Op.Tile _ -> throw OpenClEmitter.refused(i);
            case Op.NewArray array -> array.space() == Space.PRIVATE;
            case Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Load _,
                    Op.Length _ -> !isInlined(i.result());
        };
    }

    /** Goes backwards, so that it is known where a user is written before its operands are looked at. */
    private void decide(Block block) {
        List<Instruction> body = block.body();
        Map<Value, Integer> writtenAt = new HashMap<>();
        Map<Value, Integer> operations = new HashMap<>();
        if (block.end().operand() != null) {
            writtenAt.put(block.end().operand(), body.size());
        }
        for (Edge edge : block.end().edges()) {
            edge.arguments().forEach(v -> writtenAt.put(v, body.size()));
        }
        int nextEffect = Integer.MAX_VALUE;
        for (int at = body.size() - 1; at >= 0; at--) {
            Instruction i = body.get(at);
            Value result = i.result();
            int written = at;
            int size = 1;
            if (result != null && isCandidate(i) && writtenAt.containsKey(result)) {
                int user = writtenAt.get(result);
                size += operations.getOrDefault(result, 0);
                if ((!(i.op() instanceof Op.Load) || nextEffect >= user) && size <= MOST_OPERATIONS) {
                    inlined.add(result);
                    written = user;
                } else {
                    size = 1;
                }
            }
            if (result == null) {
                nextEffect = at;
            }
            for (Value operand : i.op().operands()) {
                writtenAt.put(operand, written);
                operations.put(operand, size);
            }
        }
    }

    private boolean isCandidate(Instruction i) {
        return switch (i.op()) {
            case Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Load _,
                    Op.Length _ ->
                uses.get(i.result()) == 1 && (i.result().name().isEmpty() || handedOver.contains(i.result()));
            case Op.Constant _,
                    Op.ThreadId _,
                    Op.NewArray _,
                    Op.Store _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _ -> false;
            case Op.Tile _ -> throw OpenClEmitter.refused(i);
        };
    }
}
