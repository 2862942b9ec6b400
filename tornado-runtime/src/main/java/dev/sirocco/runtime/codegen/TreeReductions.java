package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Compare.Condition;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Recognises reductions over a work-group: {@code for (stride = n; stride > 0; stride /= 2) { if (lane < stride) { … }
 * barrier; }}. Between two such barriers only the work-items below a stride have touched memory, and after it only
 * those below half of it will: where a stride fits the work-items that run in step, they alone need to wait for each
 * other, but for the last barrier, after which all may read the result. What stands in the braces does not matter.
 */
final class TreeReductions {
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Value, Op> definitions = new HashMap<>();
    private final Map<Instruction, Value> strides = new IdentityHashMap<>();
    private final List<Loop> loops = new ArrayList<>();

    /**
     * One of these loops.
     *
     * @param header   where it is decided whether another iteration follows
     * @param stride   the header's parameter
     * @param inside   the header's edge to the next iteration
     * @param guard    the block that parts the work-items below the stride from the others
     * @param region   the guard's edge to what those below the stride do
     * @param last     the block that has the barrier
     */
    record Loop(Block header, Value stride, Edge inside, Block guard, Edge region, Block last) {}

    /** Finds those of a function. */
    static TreeReductions find(Function function) {
        TreeReductions found = new TreeReductions();
        for (Block block : function.blocks()) {
            found.blocks.put(block.id(), block);
            block.body().stream()
                    .filter(i -> i.result() != null)
                    .forEach(i -> found.definitions.put(i.result(), i.op()));
        }
        function.blocks().forEach(found::match);
        return found;
    }

    /** {@return the stride of the iteration that a barrier ends, or null where it ends none of these loops} */
    Value stride(Instruction barrier) {
        return strides.get(barrier);
    }

    /** {@return the loops} */
    List<Loop> loops() {
        return loops;
    }

    /** Matches a loop from the block at its end, which has the barrier. */
    private void match(Block last) {
        if (!(last.end() instanceof Terminator.Jump(Edge back))) {
            return;
        }
        List<Instruction> effects =
                last.body().stream().filter(TreeReductions::hasEffect).toList();
        if (effects.size() != 1
                || !(effects.getFirst().op() instanceof Op.Barrier(Space space))
                || space != Space.LOCAL) {
            return;
        }
        Block header = blocks.get(back.block());
        for (int i = 0; i < header.parameters().size(); i++) {
            Value stride = header.parameters().get(i);
            Loop loop = halves(back.arguments().get(i), stride) ? guarded(header, stride, last) : null;
            if (loop != null) {
                strides.put(effects.getFirst(), stride);
                loops.add(loop);
            }
        }
    }

    /** {@return whether an instruction touches memory or waits} */
    static boolean hasEffect(Instruction i) {
        return i.op() instanceof Op.Load
                || i.op() instanceof Op.Store
                || i.op() instanceof Op.Barrier
                || i.op() instanceof Op.AtomicAdd
                || i.op() instanceof Op.Tile;
    }

    private boolean halves(Value next, Value stride) {
        return definitions.get(next) instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right)
                && left.equals(stride)
                && (kind == Op.Binary.Kind.DIV && isConstant(right, 2)
                        || kind == Op.Binary.Kind.SHR && isConstant(right, 1));
    }

    private boolean isConstant(Value value, long expected) {
        return definitions.get(value) instanceof Op.Constant(var _, Number number) && number.longValue() == expected;
    }

    /** {@return the loop that ends at stride 0 and does nothing but what work-items below the stride do, or null} */
    private Loop guarded(Block header, Value stride, Block last) {
        if (header.body().stream().anyMatch(TreeReductions::hasEffect)
                || !(header.end() instanceof Terminator.Branch(Value more, Edge whenTrue, Edge whenFalse))) {
            return null;
        }
        Edge inside = when(more, Condition.GT, stride, value -> isConstant(value, 0), whenTrue, whenFalse);
        if (inside == null) {
            inside = when(more, Condition.GE, stride, value -> isConstant(value, 1), whenTrue, whenFalse);
        }
        if (inside == null) {
            return null;
        }
        Block first = blocks.get(inside.block());
        if (first.body().stream().anyMatch(TreeReductions::hasEffect)
                || !(first.end() instanceof Terminator.Branch(Value below, Edge isBelow, Edge isNot))) {
            return null;
        }
        Edge region = when(below, Condition.GT, stride, this::isLane, isBelow, isNot);
        if (region == null) {
            return null;
        }
        Edge around = region == isBelow ? isNot : isBelow;
        return around.block() == last.id() && isClosed(region.block(), first.id(), last.id())
                ? new Loop(header, stride, inside, first, region, last)
                : null;
    }

    /**
     * {@return the edge taken where {@code left condition other} holds, for a comparison that says so in whatever
     * way; null for any other comparison}
     */
    private Edge when(
            Value comparison, Condition condition, Value left, Predicate<Value> other, Edge whenTrue, Edge whenFalse) {
        if (!(definitions.get(comparison) instanceof Op.Compare(Condition found, Value a, Value b))) {
            return null;
        }
        if (!(a.equals(left) && other.test(b))) {
            if (!(b.equals(left) && other.test(a))) {
                return null;
            }
            found = swapped(found);
        }
        return found == condition ? whenTrue : found == opposite(condition) ? whenFalse : null;
    }

    private static Condition swapped(Condition condition) {
        return switch (condition) {
            case EQ, NE -> condition;
            case LT -> Condition.GT;
            case LE -> Condition.GE;
            case GT -> Condition.LT;
            case GE -> Condition.LE;
        };
    }

    private static Condition opposite(Condition condition) {
        return switch (condition) {
            case EQ -> Condition.NE;
            case NE -> Condition.EQ;
            case LT -> Condition.GE;
            case LE -> Condition.GT;
            case GT -> Condition.LE;
            case GE -> Condition.LT;
        };
    }

    /** {@return whether a value is the work-item's place in its group} */
    boolean isLane(Value value) {
        return definitions.get(value) instanceof Op.ThreadId(Op.ThreadId.Kind kind, int dimension)
                && kind == Op.ThreadId.Kind.LOCAL
                && dimension == 0;
    }

    /** {@return whether what is between two blocks is entered and left through them alone, and has no barrier} */
    private boolean isClosed(int start, int before, int after) {
        Set<Integer> region = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            int id = open.pop();
            if (id == after || !region.add(id)) {
                continue;
            }
            Block block = blocks.get(id);
            if (id == before
                    || block.end().edges().isEmpty()
                    || block.body().stream().anyMatch(i -> i.op() instanceof Op.Barrier)) {
                return false;
            }
            block.end().edges().forEach(edge -> open.push(edge.block()));
        }
        for (Block block : blocks.values()) {
            boolean isInside = region.contains(block.id()) || block.id() == before;
            for (Edge edge : block.end().edges()) {
                if (!isInside && (region.contains(edge.block()) || edge.block() == after)) {
                    return false;
                }
            }
        }
        return true;
    }
}
