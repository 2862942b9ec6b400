package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.ir.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the last steps of reductions ({@link TreeReductions}) out of their loops. Loops go down to a stride of 64; then
 * the first warp makes the step of 32 from local memory, passes what it has from work-item to work-item in the five
 * steps that remain, and stores what each would have stored last; the group meets once. Sums are added in the order of
 * the loop, and local memory is as after it.
 */
final class WarpReductions {
    /** Work-items that run in step. */
    static final int WARP = 32;

    private final Function function;
    private final Map<Instruction, Exchange> exchanges = new IdentityHashMap<>();

    /**
     * What is done to a value before it is stored.
     *
     * @param kind how what is passed is combined
     * @param lane the work-item's place in the group
     */
    record Exchange(Op.Binary.Kind kind, Value lane) {}

    private WarpReductions(Function function) {
        this.function = function;
    }

    /** {@return a function as it is} */
    static WarpReductions none(Function function) {
        return new WarpReductions(function);
    }

    /** {@return a function with the reductions rewritten that can be} */
    static WarpReductions of(Function function, Groups groups) {
        if (groups.items() != groups.sizes().getFirst() || groups.items() % WARP != 0) {
            return none(function);
        }
        TreeReductions reductions = TreeReductions.find(function);
        List<WarpReduction> found = new ArrayList<>();
        for (TreeReductions.Loop loop : reductions.loops()) {
            WarpReduction.match(function, reductions, loop, groups).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            return none(function);
        }
        Rewriting rewriting = new Rewriting(function);
        found.forEach(rewriting::rewrite);
        WarpReductions result = new WarpReductions(Verifier.verify(
                function.withBlocks(rewriting.blocks), "taking the last steps of reductions out of their loops"));
        result.exchanges.putAll(rewriting.exchanges);
        return result;
    }

    /** {@return the function to generate code of} */
    Function function() {
        return function;
    }

    /** {@return what is done to the value of a store first, or null} */
    Exchange exchange(Instruction store) {
        return exchanges.get(store);
    }

    /** A function while it is rewritten. */
    private static final class Rewriting {
        private final List<Block> blocks;
        private final Map<Instruction, Exchange> exchanges = new IdentityHashMap<>();
        private int nextValue;
        private int nextBlock;

        Rewriting(Function function) {
            this.blocks = new ArrayList<>(function.blocks());
            function.parameters().forEach(this::count);
            for (Block block : blocks) {
                nextBlock = Math.max(nextBlock, block.id() + 1);
                block.parameters().forEach(this::count);
                block.body().stream().filter(i -> i.result() != null).forEach(i -> count(i.result()));
            }
        }

        private void count(Value value) {
            nextValue = Math.max(nextValue, value.id() + 1);
        }

        private Value constant(List<Instruction> body, long number) {
            Value value = new Value(nextValue++, Scalar.I32, "");
            body.add(new Instruction(value, new Op.Constant(Scalar.I32, number), 0));
            return value;
        }

        private Value compare(List<Instruction> body, Op.Compare.Condition condition, Value left, long right) {
            Op compare = new Op.Compare(condition, left, constant(body, right));
            Value value = new Value(nextValue++, Scalar.BOOL, "");
            body.add(new Instruction(value, compare, 0));
            return value;
        }

        void rewrite(WarpReduction found) {
            TreeReductions.Loop loop = found.loop();
            int first = nextBlock++;
            int end = nextBlock++;
            Block header = loop.header();
            Edge outside = header.end().edges().stream()
                    .filter(edge -> edge.block() != loop.inside().block())
                    .findFirst()
                    .orElseThrow();
            List<Instruction> decision = new ArrayList<>(header.body());
            Value more = compare(decision, Op.Compare.Condition.GT, loop.stride(), found.strideOfWarp());
            blocks.set(
                    blocks.indexOf(header),
                    new Block(
                            header.id(),
                            header.parameters(),
                            decision,
                            new Terminator.Branch(more, loop.inside(), new Edge(first, List.of()))));
            Copy copy = new Copy(found, end);
            List<Instruction> guard = copy.body(loop.guard());
            Value inWarp = compare(guard, Op.Compare.Condition.LT, found.lane(), WARP);
            List<Block> added = new ArrayList<>();
            added.add(new Block(
                    first,
                    List.of(),
                    guard,
                    new Terminator.Branch(inWarp, copy.edge(loop.region()), new Edge(end, List.of()))));
            found.region().forEach(block -> added.add(copy.block(block)));
            Instruction meeting = new Instruction(null, new Op.Barrier(Space.LOCAL), 0);
            added.add(new Block(end, List.of(), List.of(meeting), new Terminator.Jump(outside)));
            blocks.addAll(blocks.indexOf(loop.last()) + 1, added);
        }

        /** What the first warp does: a copy of what stands in the loop's braces. */
        private final class Copy {
            private final WarpReduction reduction;
            private final Map<Value, Value> values = new HashMap<>();
            private final Map<Integer, Integer> ids = new HashMap<>();

            Copy(WarpReduction reduction, int end) {
                this.reduction = reduction;
                ids.put(reduction.loop().last().id(), end);
                reduction.region().forEach(block -> ids.put(block.id(), nextBlock++));
            }

            Block block(Block block) {
                List<Value> parameters =
                        block.parameters().stream().map(this::define).toList();
                List<Instruction> body = body(block);
                Value operand = block.end().operand();
                return new Block(
                        ids.get(block.id()),
                        parameters,
                        body,
                        block.end()
                                .with(
                                        operand == null ? null : use(operand),
                                        block.end().edges().stream()
                                                .map(this::edge)
                                                .toList()));
            }

            List<Instruction> body(Block block) {
                List<Instruction> body = new ArrayList<>();
                for (Instruction i : block.body()) {
                    if (!reduction.isLeftOut(i.result())) {
                        Op op = i.op().withOperands(i.op().operands().stream()
                                .map(this::use)
                                .toList());
                        Instruction copied =
                                new Instruction(i.result() == null ? null : define(i.result()), op, i.line());
                        body.add(copied);
                        WarpReduction.Step step = reduction.step(i);
                        if (step != null) {
                            exchanges.put(copied, new Exchange(step.kind(), reduction.lane()));
                        }
                    }
                }
                return body;
            }

            Edge edge(Edge edge) {
                return new Edge(
                        ids.get(edge.block()),
                        edge.arguments().stream().map(this::use).toList());
            }

            /** A value may be used by a block that stands before the one that defines it. */
            private Value define(Value value) {
                return values.computeIfAbsent(value, v -> new Value(nextValue++, v.type(), v.name()));
            }

            private Value use(Value value) {
                Value own = reduction.instead(value);
                return reduction.isWithin(own) ? define(own) : own;
            }
        }
    }
}
