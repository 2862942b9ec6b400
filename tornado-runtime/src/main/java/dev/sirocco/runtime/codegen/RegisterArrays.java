package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loops that must be unrolled for a private array to be registers: {@code for (int i = 0; i < 4; i++) { … sums[i] … }}.
 * LLVM leaves such a loop as it is where the body is long, and the array in memory with it. An array whose elements are
 * not all reached by such loops stays there anyway.
 */
final class RegisterArrays {
    /** Iterations that are not too many for what is in a loop. */
    private static final int MOST = 8;

    private final Map<Value, Op> definitions = new HashMap<>();
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Dominators dominators;

    private RegisterArrays(Function function) {
        this.dominators = new Dominators(function);
        for (Block block : function.blocks()) {
            blocks.put(block.id(), block);
            block.body().stream().filter(i -> i.result() != null).forEach(i -> definitions.put(i.result(), i.op()));
        }
    }

    /** {@return the blocks at the ends of these loops, by their numbers} */
    static Set<Integer> loopEnds(Function function) {
        RegisterArrays arrays = new RegisterArrays(function);
        Set<Integer> ends = new HashSet<>();
        for (Block block : function.blocks()) {
            if (block.end() instanceof Terminator.Jump(Edge back)
                    && arrays.dominators.dominates(back.block(), block.id())
                    && arrays.isShort(arrays.blocks.get(back.block()), back.arguments())) {
                ends.add(block.id());
            }
        }
        return ends;
    }

    /**
     * @param header of the loop
     * @param next   what its parameters become
     */
    private boolean isShort(Block header, List<Value> next) {
        if (!(header.end() instanceof Terminator.Branch(Value condition, Edge _, Edge _))
                || !(definitions.get(condition) instanceof Op.Compare(var _, Value counter, Value bound))
                || !isConstant(bound, MOST)) {
            return false;
        }
        int index = header.parameters().indexOf(counter);
        return index >= 0
                && definitions.get(next.get(index)) instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right)
                && kind == Op.Binary.Kind.ADD
                && left.equals(counter)
                && isConstant(right, 1)
                && dominators.loop(header.id()).stream()
                        .flatMap(id -> blocks.get(id).body().stream())
                        .anyMatch(i -> reaches(i, counter));
    }

    private boolean isConstant(Value value, int most) {
        return definitions.get(value) instanceof Op.Constant(var type, Number number)
                && type.isInteger()
                && number.longValue() >= 1
                && number.longValue() <= most;
    }

    /** {@return whether an instruction reads or writes a private array's element with that index} */
    private static boolean reaches(Instruction i, Value counter) {
        return switch (i.op()) {
            case Op.Load load -> isPrivate(load.array()) && load.index().equals(counter);
            case Op.Store store -> isPrivate(store.array()) && store.index().equals(counter);
            default -> false;
        };
    }

    private static boolean isPrivate(Value array) {
        return array.array().space() == Space.PRIVATE;
    }
}
