package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces a perfect nest of {@code @Parallel} loops by one work-item: each induction variable becomes
 * {@code start + step · id} and the function gets the nest's extents as its domain. What would not mean the same in
 * any order of iterations is refused: values carried from one iteration to the next, break and return, bounds that are
 * not known, effects outside the innermost loop.
 */
final class MapParallelLoops {
    private final Function function;
    private final Map<Integer, Block> blocks;
    private final Map<Value, Number> literals = new HashMap<>();
    private final Map<Value, Instruction> definitions = new HashMap<>();
    private final Dominators dominators;
    private int nextValue;

    private MapParallelLoops(Function function) {
        this.function = function;
        this.blocks = Simplify.byId(function);
        this.dominators = new Dominators(function);
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i);
                    nextValue = Math.max(nextValue, i.result().id());
                    if (i.op() instanceof Op.Constant(Scalar scalar, Number value)) {
                        literals.put(i.result(), value);
                    }
                }
            }
            block.parameters().forEach(p -> nextValue = Math.max(nextValue, p.id()));
        }
        function.parameters().forEach(p -> nextValue = Math.max(nextValue, p.id()));
    }

    static Function run(Function function) {
        return function.parallelLoops().isEmpty() ? function : new MapParallelLoops(function).map();
    }

    /**
     * One loop: {@code for (variable = start; variable < bound; variable += step)}; {@code continues} tells which way
     * the header's branch enters the body.
     */
    private record Loop(
            Value variable, Block header, Set<Integer> body, boolean continues, long start, long step, long extent) {}

    private Function map() {
        List<Loop> loops = new ArrayList<>();
        for (Value variable : function.parallelLoops()) {
            Loop loop = analyse(variable);
            if (!loops.isEmpty() && !loops.getLast().body.contains(loop.header.id())) {
                throw refuse(loop.header, "two @Parallel loops one after the other; write a kernel for each");
            }
            loops.add(loop);
        }
        checkEffects(loops.getLast());
        Map<Integer, Block> mapped = new HashMap<>(blocks);
        for (int dimension = 0; dimension < loops.size(); dimension++) {
            flatten(loops.get(dimension), dimension, mapped);
        }
        List<Block> order =
                function.blocks().stream().map(b -> mapped.get(b.id())).toList();
        return new Function(
                function.name(),
                function.declaredIn(),
                function.parameters(),
                order,
                List.of(),
                loops.stream().map(Loop::extent).toList());
    }

    private Loop analyse(Value variable) {
        Block header = function.blocks().stream()
                .filter(block -> block.parameters().contains(variable))
                .findFirst()
                .orElseThrow(() -> new KernelException(
                        function.declaredIn() + "." + function.name(), 0, "an @Parallel loop that never repeats"));
        if (header.parameters().size() != 1) {
            List<Value> others = new ArrayList<>(header.parameters());
            others.remove(variable);
            throw refuse(
                    header,
                    "the @Parallel loop over " + name(variable) + " carries " + name(others.getFirst())
                            + " from one iteration to the next; its iterations must be independent");
        }
        Set<Integer> body = dominators.loop(header.id());
        if (!(header.end() instanceof Terminator.Branch(Value condition, Edge yes, Edge no))
                || !(definitions.get(condition).op() instanceof Op.Compare compare)) {
            throw refuse(header, "an @Parallel loop must have the form for (int i = a; i < b; i += c)");
        }
        boolean continues = body.contains(yes.block());
        long bound = bound(compare, continues, variable, header);
        long start = 0;
        long step = 0;
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                if (edge.block() == header.id()) {
                    Value argument = edge.arguments().getFirst();
                    if (body.contains(block.id())) {
                        step = step(argument, variable, header);
                    } else {
                        start = literal(argument, header, "the start of the @Parallel loop");
                    }
                }
                boolean leaves = body.contains(block.id()) && !body.contains(edge.block());
                if (leaves && block != header) {
                    throw refuse(block, "break or return out of an @Parallel loop; use continue or a condition");
                }
            }
        }
        long extent = Math.max(0, Math.ceilDiv(bound - start, step));
        if (extent > Integer.MAX_VALUE) {
            throw refuse(header, "more than 2^31 − 1 iterations");
        }
        return new Loop(variable, header, body, continues, start, step, extent);
    }

    /** {@return the first value that the variable may not reach} */
    private long bound(Op.Compare compare, boolean whenTrue, Value variable, Block header) {
        boolean variableLeft = compare.left().equals(variable);
        if (!variableLeft && !compare.right().equals(variable)) {
            throw refuse(header, "an @Parallel loop's condition must compare its own variable");
        }
        long limit = literal(
                variableLeft ? compare.right() : compare.left(),
                header,
                "the bound of the @Parallel loop over " + name(variable));
        String asked = (whenTrue ? "" : "not ") + (variableLeft ? "" : "flipped ") + compare.condition();
        return switch (asked) {
            case "LT", "not GE", "flipped GT", "not flipped LE" -> limit;
            case "LE", "not GT", "flipped GE", "not flipped LT" -> limit + 1;
            default -> throw refuse(header, "an @Parallel loop must count up with < or <=");
        };
    }

    private long step(Value next, Value variable, Block header) {
        if (definitions.get(next) != null
                && definitions.get(next).op() instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right)
                && kind == Op.Binary.Kind.ADD
                && left.equals(variable)) {
            long step = literal(right, header, "the step of the @Parallel loop");
            if (step > 0) {
                return step;
            }
        }
        throw refuse(header, "an @Parallel loop must count up by a constant");
    }

    private long literal(Value value, Block at, String what) {
        Number literal = literals.get(value);
        if (literal == null) {
            throw refuse(
                    at,
                    what + " must be known when the graph is built: a scalar argument, an array's size or a"
                            + " constant, not something read from an array or from another loop");
        }
        return literal.longValue();
    }

    private void checkEffects(Loop innermost) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                boolean effect = i.result() == null;
                if (effect && (!innermost.body.contains(block.id()) || block == innermost.header)) {
                    throw new KernelException(
                            function.declaredIn() + "." + function.name(),
                            i.line(),
                            "a statement with an effect outside the innermost @Parallel loop");
                }
            }
        }
    }

    private void flatten(Loop loop, int dimension, Map<Integer, Block> mapped) {
        List<Instruction> body = induction(loop, dimension);
        body.addAll(loop.header.body());
        Block header = mapped.get(loop.header.id());
        List<Edge> ways = header.end().edges();
        Edge enter = ways.get(loop.continues ? 0 : 1);
        Edge exit = ways.get(loop.continues ? 1 : 0);
        mapped.put(header.id(), new Block(header.id(), List.of(), body, new Terminator.Jump(enter)));
        for (Block block : List.copyOf(mapped.values())) {
            boolean inside = loop.body.contains(block.id());
            List<Edge> edges = block.end().edges().stream()
                    .map(edge -> edge.block() != header.id() ? edge : inside ? exit : new Edge(header.id(), List.of()))
                    .toList();
            mapped.put(
                    block.id(),
                    new Block(
                            block.id(),
                            block.parameters(),
                            block.body(),
                            block.end().with(block.end().operand(), edges)));
        }
    }

    /** {@return the instructions that make the loop variable from the work-item's id} */
    private List<Instruction> induction(Loop loop, int dimension) {
        int line = line(loop.header);
        List<Instruction> body = new ArrayList<>();
        Op.ThreadId thread = new Op.ThreadId(Op.ThreadId.Kind.GLOBAL, dimension);
        if (loop.step == 1 && loop.start == 0) {
            body.add(new Instruction(loop.variable, thread, line));
            return body;
        }
        Value id = temporary();
        Value step = temporary();
        Value scaled = temporary();
        Value start = temporary();
        body.add(new Instruction(id, thread, line));
        body.add(new Instruction(step, new Op.Constant(Scalar.I32, loop.step), line));
        body.add(new Instruction(scaled, new Op.Binary(Op.Binary.Kind.MUL, id, step), line));
        body.add(new Instruction(start, new Op.Constant(Scalar.I32, loop.start), line));
        body.add(new Instruction(loop.variable, new Op.Binary(Op.Binary.Kind.ADD, scaled, start), line));
        return body;
    }

    private Value temporary() {
        return new Value(++nextValue, Scalar.I32, "");
    }

    private static String name(Value value) {
        return value.name().isEmpty() ? "a value" : value.name();
    }

    private static int line(Block block) {
        return block.body().isEmpty() ? 0 : block.body().getLast().line();
    }

    private KernelException refuse(Block at, String reason) {
        return new KernelException(function.declaredIn() + "." + function.name(), line(at), reason);
    }
}
