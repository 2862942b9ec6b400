package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.pass.CountedLoops.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;

/**
 * Lets processors fetch the rows of a matrix before they are multiplied. A processor sees by itself that addresses
 * follow each other, but begins anew with each page: a loop that steps through memory which is its work-item's own
 * therefore asks for what it reads {@link #DISTANCE} bytes later.
 *
 * <p>Such a loop has a counter that grows by a constant, and reads an array that the kernel never writes at indices
 * that are sums of a multiple of the counter, of what the loop does not change, and of counters of loops inside it.
 */
public final class ReadAhead {
    /** A page. 2 KiB to 8 KiB were as good where it was measured, 1 KiB was less. */
    static final int DISTANCE = 4096;

    /** What processors fetch at a time. */
    static final int LINE = 64;

    /** With shorter strides, and for as little of a line, most hints are for what was asked for before. */
    private static final int LEAST_STRIDE = 16;

    /** With longer ones a loop skips lines. */
    private static final int MOST_STRIDE = 4 * LINE;

    /** An index as a sum of multiples of values and a constant. */
    private record Sum(Map<Value, Long> multiples, long constant) {}

    /** What a loop reads: loads whose indices differ by a constant are one stream. */
    private record Stream(int header, Value array, Map<Value, Long> multiples) {}

    private final Function function;
    private final CountedLoops loops;
    private final Set<Value> own = new HashSet<>();
    private final Set<Value> written = new HashSet<>();
    private final Set<Stream> streams = new HashSet<>();
    private final Map<Integer, List<Instruction>> atEnd = new HashMap<>();
    private int values;

    private ReadAhead(Function function) {
        this.function = function;
        this.loops = new CountedLoops(function);
        for (Block block : function.blocks()) {
            block.parameters().forEach(this::count);
            for (Instruction i : block.body()) {
                count(i.result());
                switch (i.op()) {
                    case Op.Store store -> written.add(store.array());
                    case Op.AtomicAdd add -> written.add(add.array());
                    default -> {}
                }
            }
        }
        function.parameters().forEach(this::count);
        findOwn();
    }

    private void count(Value value) {
        values = value == null ? values : Math.max(values, value.id() + 1);
    }

    /** {@return a function that also asks for what its loops are going to read} */
    public static Function insert(Function function) {
        return new ReadAhead(function).run();
    }

    private Function run() {
        List<Block> blocks = new ArrayList<>();
        for (Block block : function.blocks()) {
            List<Instruction> body = new ArrayList<>();
            for (Instruction i : block.body()) {
                if (i.op() instanceof Op.Load load) {
                    body.addAll(hints(block, i.line(), load));
                }
                body.add(i);
            }
            blocks.add(new Block(block.id(), block.parameters(), body, block.end()));
        }
        return function.withBlocks(blocks.stream().map(this::withEnd).toList());
    }

    private Block withEnd(Block block) {
        if (!atEnd.containsKey(block.id())) {
            return block;
        }
        List<Instruction> body = new ArrayList<>(block.body());
        body.addAll(atEnd.get(block.id()));
        return new Block(block.id(), block.parameters(), body, block.end());
    }

    /** Finds the values that differ between work-items. */
    private void findOwn() {
        int before;
        do {
            before = own.size();
            for (Block block : function.blocks()) {
                for (Instruction i : block.body()) {
                    if (i.result() != null
                            && (i.op() instanceof Op.ThreadId
                                    || i.op().operands().stream().anyMatch(own::contains))) {
                        own.add(i.result());
                    }
                }
                for (Edge edge : block.end().edges()) {
                    List<Value> parameters = parameters(edge.block());
                    for (int i = 0; i < parameters.size(); i++) {
                        if (own.contains(edge.arguments().get(i))) {
                            own.add(parameters.get(i));
                        }
                    }
                }
            }
        } while (own.size() > before);
    }

    private List<Value> parameters(int block) {
        return function.blocks().stream()
                .filter(b -> b.id() == block)
                .findFirst()
                .orElseThrow()
                .parameters();
    }

    /** {@return what stands before a load; hints for loads of inner loops are kept for where those begin} */
    private List<Instruction> hints(Block block, int line, Op.Load load) {
        Value array = load.array();
        if (array.array().space() != Space.GLOBAL || written.contains(array)) {
            return List.of();
        }
        Loop inner = null;
        for (Loop loop : loops.around(block.id())) {
            Sum sum = sum(load.index(), loop);
            long stride = sum == null
                    ? 0
                    : stride(sum, loop) * array.array().element().sizeBytes();
            if (stride >= LEAST_STRIDE && stride <= MOST_STRIDE) {
                boolean isOwn = sum.multiples.keySet().stream().anyMatch(own::contains);
                if (!isOwn || !streams.add(new Stream(loop.header().id(), array, sum.multiples))) {
                    return List.of();
                }
                List<Instruction> hints = new ArrayList<>();
                Value index = inner == null ? load.index() : atBegin(load.index(), inner, hints, line);
                for (int next = 0; next <= stride - LEAST_STRIDE; next += LINE) {
                    hints.add(new Instruction(null, new Op.ReadAhead(array, index, DISTANCE + next), line));
                }
                if (inner == null) {
                    return hints;
                }
                atEnd.computeIfAbsent(inner.before().id(), _ -> new ArrayList<>())
                        .addAll(hints);
                return List.of();
            }
            inner = loop;
        }
        return List.of();
    }

    /** {@return how much an index grows with each iteration of a loop} */
    private long stride(Sum sum, Loop loop) {
        long stride = 0;
        for (Value parameter : loop.header().parameters()) {
            long multiple = sum.multiples.getOrDefault(parameter, 0L);
            if (multiple != 0) {
                long step = loops.step(loop, parameter, function.blocks());
                if (step == 0) {
                    return 0;
                }
                stride += multiple * step;
            }
        }
        return stride;
    }

    /** {@return an index as a sum of what is known where an iteration begins, or null} */
    private Sum sum(Value value, Loop loop) {
        if (!loops.isInside(value, loop) || loop.header().parameters().contains(value)) {
            return loops.definition(value) instanceof Op.Constant(var type, Number number) && type.isInteger()
                    ? new Sum(Map.of(), number.longValue())
                    : new Sum(Map.of(value, 1L), 0);
        }
        return switch (loops.definition(value)) {
            case null -> {
                Loop inner = loops.withParameter(value);
                Value first = inner == null ? null : loops.first(inner, value);
                yield first == null ? null : sum(first, loop);
            }
            case Op.Constant(var type, Number number) when type.isInteger() -> new Sum(Map.of(), number.longValue());
            case Binary(Binary.Kind kind, Value left, Value right) -> {
                Sum a = sum(left, loop);
                Sum b = sum(right, loop);
                yield a == null || b == null ? null : combine(kind, a, b);
            }
            default -> null;
        };
    }

    private static Sum combine(Binary.Kind kind, Sum a, Sum b) {
        return switch (kind) {
            case ADD -> add(a, b, Long::sum);
            case SUB -> add(a, b, (x, y) -> x - y);
            case MUL ->
                b.multiples.isEmpty() ? times(a, b.constant) : a.multiples.isEmpty() ? times(b, a.constant) : null;
            case SHL -> b.multiples.isEmpty() ? times(a, 1L << (b.constant & 31)) : null;
            case DIV, REM, AND, OR, XOR, SHR, USHR, MIN, MAX, POW -> null;
        };
    }

    private static Sum add(Sum a, Sum b, LongBinaryOperator plus) {
        Map<Value, Long> all = new HashMap<>(a.multiples);
        b.multiples.forEach((value, times) -> all.put(value, plus.applyAsLong(all.getOrDefault(value, 0L), times)));
        all.values().removeIf(times -> times == 0);
        return new Sum(Map.copyOf(all), plus.applyAsLong(a.constant, b.constant));
    }

    private static Sum times(Sum sum, long factor) {
        return factor == 0
                ? new Sum(Map.of(), 0)
                : new Sum(
                        sum.multiples.entrySet().stream()
                                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue() * factor)),
                        sum.constant * factor);
    }

    /** Writes what an index is where a loop begins. {@return that value} */
    private Value atBegin(Value value, Loop loop, List<Instruction> to, int line) {
        if (!loops.isInside(value, loop)) {
            return value;
        }
        Op definition = loops.definition(value);
        if (definition == null) {
            return atBegin(loops.first(loops.withParameter(value), value), loop, to, line);
        }
        if (definition instanceof Binary(Binary.Kind kind, Value left, Value right) && kind == Binary.Kind.ADD) {
            if (isZero(right)) {
                return atBegin(left, loop, to, line);
            }
            if (isZero(left)) {
                return atBegin(right, loop, to, line);
            }
        }
        List<Value> operands = definition.operands().stream()
                .map(operand -> atBegin(operand, loop, to, line))
                .toList();
        Value copy = new Value(values++, value.type(), "");
        to.add(new Instruction(copy, definition.withOperands(operands), line));
        return copy;
    }

    /** {@return whether a value is 0 in the first iteration} */
    private boolean isZero(Value value) {
        return switch (loops.definition(value)) {
            case null -> {
                Loop loop = loops.withParameter(value);
                Value first = loop == null ? null : loops.first(loop, value);
                yield first != null && isZero(first);
            }
            case Op.Constant(var type, Number number) -> type.isInteger() && number.longValue() == 0;
            case Binary(Binary.Kind kind, Value left, Value right) ->
                kind == Binary.Kind.MUL && (isZero(left) || isZero(right));
            default -> false;
        };
    }
}
