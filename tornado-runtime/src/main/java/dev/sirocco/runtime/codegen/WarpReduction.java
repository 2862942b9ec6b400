package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
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
import java.util.Optional;
import java.util.Set;

/**
 * A reduction whose last steps one warp can make among itself: all that happens below a stride is {@code x[i] = x[i] ⊕
 * x[i + stride]} at an i that is the work-item's place and what all work-items have in common; in a loop, such an
 * element for each of several rows that do not overlap.
 */
final class WarpReduction {
    private static final int WARP = WarpReductions.WARP;

    private final Function function;
    private final TreeReductions reductions;
    private final TreeReductions.Loop loop;
    private final ValueNumbers numbers;
    private final Map<Value, Op> definitions = new HashMap<>();
    private final Map<Value, Block> parameters = new HashMap<>();
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Value, Integer> uses = new HashMap<>();
    private final List<Block> region = new ArrayList<>();
    private final Set<Value> within = new HashSet<>();
    private final Map<Instruction, Step> steps = new IdentityHashMap<>();
    private Value lane;
    private long first;

    /**
     * A store of the loop.
     *
     * @param kind  how the elements are combined
     * @param own   the value read at the store's own index
     * @param other the value read a stride further
     * @param sum   what is stored
     */
    record Step(Binary.Kind kind, Value own, Value other, Value sum) {}

    private WarpReduction(Function function, TreeReductions reductions, TreeReductions.Loop loop) {
        this.function = function;
        this.reductions = reductions;
        this.loop = loop;
        this.numbers = new ValueNumbers(function);
    }

    /** {@return a loop as such a reduction, where it is one} Groups are rows of whole warps. */
    static Optional<WarpReduction> match(
            Function function, TreeReductions reductions, TreeReductions.Loop loop, Groups groups) {
        WarpReduction reduction = new WarpReduction(function, reductions, loop);
        reduction.collect();
        return reduction.isMatch(groups) ? Optional.of(reduction) : Optional.empty();
    }

    TreeReductions.Loop loop() {
        return loop;
    }

    /** {@return the blocks of what the work-items below a stride do} */
    List<Block> region() {
        return region;
    }

    Value lane() {
        return lane;
    }

    /** {@return the stride at which the loop ends, and the first warp goes on} */
    long strideOfWarp() {
        return Math.min(first, WARP);
    }

    /** {@return what an instruction stores, when it is one of the stores; else null} */
    Step step(Instruction instruction) {
        return steps.get(instruction);
    }

    /** {@return whether a value is not needed by the first warp} A group of one warp has all in its own elements. */
    boolean isLeftOut(Value value) {
        return first < WARP
                && value != null
                && steps.values().stream().anyMatch(step -> value.equals(step.other) || value.equals(step.sum));
    }

    /** {@return what the first warp takes for a value} */
    Value instead(Value value) {
        return steps.values().stream()
                .filter(step -> first < WARP && value.equals(step.sum))
                .map(Step::own)
                .findFirst()
                .orElse(value);
    }

    /** {@return whether a value is defined in the guard or the region} */
    boolean isWithin(Value value) {
        return within.contains(value);
    }

    private void collect() {
        for (Block block : function.blocks()) {
            blocks.put(block.id(), block);
            block.parameters().forEach(p -> parameters.put(p, block));
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i.op());
                }
                i.op().operands().forEach(this::use);
            }
            if (block.end().operand() != null) {
                use(block.end().operand());
            }
            block.end().edges().forEach(edge -> edge.arguments().forEach(this::use));
        }
        reached(blocks.get(loop.region().block())).forEach(id -> region.add(blocks.get(id)));
        define(loop.guard());
        region.forEach(this::define);
    }

    private void define(Block block) {
        within.addAll(block.parameters());
        block.body().stream().filter(i -> i.result() != null).forEach(i -> within.add(i.result()));
    }

    private void use(Value value) {
        uses.merge(value, 1, Integer::sum);
    }

    private boolean isMatch(Groups groups) {
        Long start = start(groups);
        if (start == null || start < WARP / 2 || Long.bitCount(start) != 1 || 2 * start > groups.items()) {
            return false;
        }
        first = start;
        return loop.header().parameters().size() == 1
                && loop.guard().parameters().isEmpty()
                && loop.last().parameters().isEmpty()
                && !isUsedBehind()
                && region.stream().allMatch(this::isReducing)
                && !steps.isEmpty()
                && !within.contains(lane);
    }

    /** {@return the first iteration's stride, where it is known; else null} */
    private Long start(Groups groups) {
        List<Value> given = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                if (edge.block() == loop.header().id()
                        && block.id() != loop.last().id()) {
                    given.addAll(edge.arguments());
                }
            }
        }
        return given.size() == 1 ? known(given.getFirst(), groups) : null;
    }

    private Long known(Value value, Groups groups) {
        return switch (definitions.get(value)) {
            case Op.Constant(Scalar _, Number number) -> number.longValue();
            case Op.ThreadId(Op.ThreadId.Kind kind, int axis)
            when kind == Op.ThreadId.Kind.LOCAL_SIZE -> groups.sizes().get(axis);
            case Binary(Binary.Kind kind, Value left, Value right) -> {
                Long a = known(left, groups);
                Long b = known(right, groups);
                yield a == null || b == null
                        ? null
                        : kind == Binary.Kind.DIV && b != 0 ? (Long) (a / b) : kind == Binary.Kind.SHR ? a >> b : null;
            }
            case null, default -> null;
        };
    }

    /** {@return whether something behind the loop depends on where it ended} */
    private boolean isUsedBehind() {
        Set<Value> header = new HashSet<>(loop.header().parameters());
        for (Instruction i : loop.header().body()) {
            if (i.op().operands().stream().anyMatch(header::contains)) {
                header.add(i.result());
            }
        }
        for (Block block : function.blocks()) {
            if (!region.contains(block)
                    && block.id() != loop.header().id()
                    && block.id() != loop.guard().id()
                    && block.id() != loop.last().id()
                    && reads(block).stream().anyMatch(header::contains)) {
                return true;
            }
        }
        return loop.header().end().edges().stream()
                .filter(edge -> edge.block() != loop.inside().block())
                .anyMatch(edge -> edge.arguments().stream().anyMatch(header::contains));
    }

    private static List<Value> reads(Block block) {
        List<Value> reads = new ArrayList<>();
        block.body().forEach(i -> reads.addAll(i.op().operands()));
        if (block.end().operand() != null) {
            reads.add(block.end().operand());
        }
        block.end().edges().forEach(edge -> reads.addAll(edge.arguments()));
        return reads;
    }

    /** {@return whether a block does nothing but reduce, and all work-items take the same way from it} */
    private boolean isReducing(Block block) {
        if (block.end().operand() != null && !isCommon(block.end().operand(), new HashSet<>())) {
            return false;
        }
        List<Instruction> effects =
                block.body().stream().filter(TreeReductions::hasEffect).toList();
        if (effects.isEmpty()) {
            return true;
        }
        Instruction last = effects.getLast();
        Step step = effects.size() == 3 ? step(effects.get(0), effects.get(1), last) : null;
        if (step == null
                || steps.keySet().stream().anyMatch(other -> array(other).equals(array(last)))) {
            return false;
        }
        steps.put(last, step);
        return true;
    }

    private static Value array(Instruction store) {
        return ((Op.Store) store.op()).array();
    }

    private Step step(Instruction one, Instruction two, Instruction last) {
        if (!(last.op() instanceof Op.Store(Value array, Value index, Value sum))
                || !(one.op() instanceof Op.Load(Value array1, Value index1, Scalar as1))
                || !(two.op() instanceof Op.Load(Value array2, Value index2, Scalar as2))
                || !array.equals(array1)
                || !array.equals(array2)
                || array.array().space() != Space.LOCAL
                || as1 != as2
                || !(definitions.get(sum) instanceof Binary(Binary.Kind kind, Value left, Value right))
                || !WarpExchange.has(kind, as1)) {
            return null;
        }
        boolean isOwnFirst = numbers.sum(index1).equals(numbers.sum(index));
        Value own = isOwnFirst ? one.result() : two.result();
        Value other = isOwnFirst ? two.result() : one.result();
        boolean combines = left.equals(own) && right.equals(other) || left.equals(other) && right.equals(own);
        boolean isElsewhere = uses.get(own) + uses.get(other) + uses.get(sum) > 3;
        return combines
                        && !isElsewhere
                        && isStrideFurther(isOwnFirst ? index2 : index1, index)
                        && numbers.sum(isOwnFirst ? index1 : index2).equals(numbers.sum(index))
                        && isPlace(index)
                ? new Step(kind, own, other, sum)
                : null;
    }

    private boolean isStrideFurther(Value further, Value index) {
        return definitions.get(further) instanceof Binary(Binary.Kind kind, Value left, Value right)
                && kind == Binary.Kind.ADD
                && (right.equals(loop.stride()) && numbers.sum(left).equals(numbers.sum(index))
                        || left.equals(loop.stride()) && numbers.sum(right).equals(numbers.sum(index)));
    }

    /** {@return whether an index is the work-item's place in a row, and rows do not overlap} */
    private boolean isPlace(Value index) {
        if (reductions.isLane(index)) {
            lane = index;
            return region.size() == 1;
        }
        if (!(definitions.get(index) instanceof Binary(Binary.Kind kind, Value left, Value right))
                || kind != Binary.Kind.ADD) {
            return false;
        }
        Value row = reductions.isLane(left) ? right : left;
        lane = reductions.isLane(left) ? left : right;
        return reductions.isLane(lane) && isCommon(row, new HashSet<>()) && (region.size() == 1 || isRowOfItsOwn(row));
    }

    /** {@return whether a value is the number of an iteration times at least the elements that a row takes} */
    private boolean isRowOfItsOwn(Value row) {
        if (!(definitions.get(row) instanceof Binary(Binary.Kind kind, Value left, Value right))
                || kind != Binary.Kind.MUL) {
            return false;
        }
        Value number = numbers.literal(left) == null ? left : right;
        Integer width = numbers.literal(number.equals(left) ? right : left);
        return width != null && width >= 2 * strideOfWarp() && counts(number);
    }

    /** {@return whether a value is a loop's parameter that grows with each iteration} */
    private boolean counts(Value number) {
        Block header = parameters.get(number);
        if (header == null || !region.contains(header)) {
            return false;
        }
        int position = header.parameters().indexOf(number);
        Set<Integer> behind = reached(header);
        for (Block block : region) {
            for (Edge edge : block.end().edges()) {
                if (edge.block() == header.id()
                        && behind.contains(block.id())
                        && !isMore(edge.arguments().get(position), number)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return the blocks of the region to which a way leads from a block} */
    private Set<Integer> reached(Block from) {
        Set<Integer> reached = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(from.id()));
        while (!open.isEmpty()) {
            int id = open.pop();
            if (id != loop.last().id() && reached.add(id)) {
                blocks.get(id).end().edges().forEach(edge -> open.push(edge.block()));
            }
        }
        return reached;
    }

    private boolean isMore(Value next, Value number) {
        return definitions.get(next) instanceof Binary(Binary.Kind kind, Value left, Value right)
                && kind == Binary.Kind.ADD
                && left.equals(number)
                && numbers.literal(right) != null
                && numbers.literal(right) > 0;
    }

    /** {@return whether a value is the same for all work-items of a group} Parameters may depend on themselves. */
    private boolean isCommon(Value value, Set<Value> asked) {
        if (value.equals(loop.stride()) || !asked.add(value)) {
            return true;
        }
        Op op = definitions.get(value);
        if (op == null) {
            Block block = parameters.get(value);
            return block != null
                    && region.contains(block)
                    && given(block, value).stream().allMatch(argument -> isCommon(argument, asked));
        }
        return switch (op) {
            case Op.Constant _ -> true;
            case Op.ThreadId(Op.ThreadId.Kind kind, int _) ->
                switch (kind) {
                    case GROUP, GLOBAL_SIZE, LOCAL_SIZE -> true;
                    case GLOBAL, LOCAL -> false;
                };
            case Binary _, Op.Unary _, Op.Compare _, Op.Select _, Op.Convert _, Op.FloatBits _, Op.HalfBits _ ->
                op.operands().stream().allMatch(operand -> isCommon(operand, asked));
            case Op.Load _,
                    Op.Store _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _,
                    Op.Tile _ -> false;
        };
    }

    private List<Value> given(Block block, Value parameter) {
        int position = block.parameters().indexOf(parameter);
        List<Value> given = new ArrayList<>();
        for (Block from : function.blocks()) {
            for (Edge edge : from.end().edges()) {
                if (edge.block() == block.id()) {
                    given.add(edge.arguments().get(position));
                }
            }
        }
        return given;
    }
}
