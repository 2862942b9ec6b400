package dev.sirocco.runtime.strict;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out whether a private array's elements are written before they are read. Seen to be written are: an element
 * whose index is the very value that a store on every path used; elements after stores to their literal indices; and
 * elements {@code k … k + n − 1} after a loop {@code for (i = 0; i < n; i++)} that stores to {@code k + i} each time.
 * Where n is no literal, the reader is trusted to keep to it. Says no where none of that is seen, even if it is so.
 */
final class FilledArrays {
    /** A store to an array: where it stands and to which element. */
    private record Write(Block block, int position, Value index) {}

    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Value, Op> definitions = new HashMap<>();
    private final Map<Value, Block> parameters = new HashMap<>();
    private final Map<Value, Integer> lengths = new HashMap<>();
    private final Map<Value, List<Write>> writes = new HashMap<>();
    private final Dominators dominators;

    FilledArrays(Function function) {
        dominators = new Dominators(function);
        for (Block block : function.blocks()) {
            blocks.put(block.id(), block);
            block.parameters().forEach(parameter -> parameters.put(parameter, block));
            for (int i = 0; i < block.body().size(); i++) {
                note(block, i, block.body().get(i));
            }
        }
    }

    private void note(Block block, int position, Instruction instruction) {
        if (instruction.result() != null) {
            definitions.put(instruction.result(), instruction.op());
        }
        switch (instruction.op()) {
            case Op.NewArray(var _, int length, Space space)
            when space == Space.PRIVATE -> lengths.put(instruction.result(), length);
            case Op.Store(Value array, Value index, Value _) ->
                writes.computeIfAbsent(array, _ -> new ArrayList<>()).add(new Write(block, position, index));
            default -> {}
        }
    }

    /** {@return false if the instruction reads an element of a private array that may never have been written} */
    boolean holdsWhatIsReadAt(Block block, int position) {
        if (!(block.body().get(position).op() instanceof Op.Load(Value array, Value index, var _))
                || !lengths.containsKey(array)) {
            return true;
        }
        BitSet filled = new BitSet();
        for (Write write : writes.getOrDefault(array, List.of())) {
            boolean before = write.block == block
                    ? write.position < position
                    : dominators.dominates(write.block.id(), block.id());
            if (before && (write.index.equals(index) || isSameLiteral(write.index, index))) {
                return true;
            }
            if (before && definitions.get(write.index) instanceof Op.Constant(var _, Number literal)) {
                filled.set(literal.intValue());
            } else {
                fill(filled, write, lengths.get(array), block);
            }
        }
        return filled.nextClearBit(0) >= lengths.get(array);
    }

    private boolean isSameLiteral(Value a, Value b) {
        return definitions.get(a) instanceof Op.Constant constant && constant.equals(definitions.get(b));
    }

    /** Notes what a write fills that stands in a loop which has ended when {@code reader} begins. */
    private void fill(BitSet filled, Write write, int length, Block reader) {
        Value variable = write.index;
        int first = 0;
        if (definitions.get(variable) instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right)
                && kind == Op.Binary.Kind.ADD) {
            boolean literalLeft = definitions.get(left) instanceof Op.Constant;
            variable = literalLeft ? right : left;
            if (definitions.get(literalLeft ? left : right) instanceof Op.Constant(var _, Number offset)) {
                first = offset.intValue();
            }
        }
        Block header = parameters.get(variable);
        if (header == null || first < 0 || !dominators.dominates(header.id(), reader.id())) {
            return;
        }
        Set<Integer> loop = dominators.loop(header.id());
        if (!loop.contains(reader.id())
                && countsFromZero(header, loop, variable)
                && happensEachTime(write, header, loop)) {
            filled.set(first, Math.min(length, first + bound(header, loop, variable, length)));
        }
    }

    /** {@return whether every way around the loop passes the write, and no way out of it leaves early} */
    private boolean happensEachTime(Write write, Block header, Set<Integer> loop) {
        for (int id : loop) {
            for (Edge edge : blocks.get(id).end().edges()) {
                boolean leavesEarly = id != header.id() && !loop.contains(edge.block());
                boolean repeatsWithout = edge.block() == header.id() && !dominators.dominates(write.block.id(), id);
                if (leavesEarly || repeatsWithout) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return below what the variable of a loop stays: a literal, or {@code length} for what is no literal; or 0} */
    private int bound(Block header, Set<Integer> loop, Value variable, int length) {
        if (!(header.end() instanceof Terminator.Branch(Value condition, Edge yes, Edge _))
                || !(definitions.get(condition)
                        instanceof Op.Compare(Op.Compare.Condition order, Value left, Value right))
                || !left.equals(variable)
                || order != (loop.contains(yes.block()) ? Op.Compare.Condition.LT : Op.Compare.Condition.GE)) {
            return 0;
        }
        return definitions.get(right) instanceof Op.Constant(var _, Number bound)
                ? Math.clamp(bound.longValue(), 0, length)
                : length;
    }

    private boolean countsFromZero(Block header, Set<Integer> loop, Value variable) {
        int parameter = header.parameters().indexOf(variable);
        for (Block block : blocks.values()) {
            for (Edge edge : block.end().edges()) {
                if (edge.block() == header.id()) {
                    Op next = definitions.get(edge.arguments().get(parameter));
                    if (loop.contains(block.id()) ? !isIncrement(next, variable) : !isLiteral(next, 0)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean isIncrement(Op op, Value variable) {
        return op instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right)
                && kind == Op.Binary.Kind.ADD
                && left.equals(variable)
                && isLiteral(definitions.get(right), 1);
    }

    private static boolean isLiteral(Op op, long value) {
        return op instanceof Op.Constant(var _, Number literal) && literal.longValue() == value;
    }
}
