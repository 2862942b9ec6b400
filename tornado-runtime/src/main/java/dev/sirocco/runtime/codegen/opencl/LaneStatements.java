package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.BitRow;
import dev.sirocco.runtime.codegen.ByteDots;
import dev.sirocco.runtime.codegen.ByteFactor;
import dev.sirocco.runtime.codegen.opencl.LaneLoops.LaneLoop;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Spells what a {@link LaneLoops.LaneLoop} does as expressions on vectors. */
final class LaneStatements {
    private final LaneLoop loop;
    private final ByteDots dots;
    private final DotFunctions functions;
    private final Inlining inlining;
    private final Function<Value, Term> operands;

    /** @param operands spells uniform values, and vectors that are in a variable */
    LaneStatements(
            LaneLoop loop, ByteDots dots, DotFunctions functions, Inlining inlining, Function<Value, Term> operands) {
        this.loop = loop;
        this.dots = dots;
        this.functions = functions;
        this.inlining = inlining;
        this.operands = operands;
    }

    /** {@return the type of a vector of all lanes} */
    String type(Scalar scalar) {
        return CText.type(scalar) + loop.lanes();
    }

    private Term operand(Value value) {
        return loop.roles().isLane(value) && inlining.isInlined(value)
                ? expression(inlining.definition(value))
                : operands.apply(value);
    }

    /** {@return the statement that writes all lanes} */
    String store(Op.Store store) {
        Term value = operand(store.value());
        String vector = loop.roles().isLane(store.value())
                ? value.text()
                : "(" + type(store.value().scalar()) + ") (" + value + ")";
        return "vstore" + loop.lanes() + "(" + vector + ", 0, " + address(store.array(), store.index()) + ");";
    }

    /** {@return the vector that an instruction makes} */
    Term expression(Instruction i) {
        ByteDots.Sum sum = dots.sum(i.result());
        if (sum != null) {
            return sum(sum);
        }
        return switch (i.op()) {
            case Binary(Binary.Kind kind, Value left, Value right) -> {
                Term a = operand(left);
                Term b = operand(right);
                yield switch (kind) {
                    case ADD -> Term.infix(a, "+", b, Term.Level.SUM);
                    case SUB -> Term.infix(a, "-", b, Term.Level.SUM);
                    case MUL -> Term.infix(a, "*", b, Term.Level.PRODUCT);
                    case DIV -> Term.infix(a, "/", b, Term.Level.PRODUCT);
                    case REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> throw unfit(i);
                };
            }
            case Op.Unary unary -> Term.unary("-" + operand(unary.operand()).within(Term.Level.PRIMARY));
            case Op.Convert(Scalar to, Value value) ->
                Term.call("convert_" + type(to), operand(value).text());
            case Op.Load load ->
                Term.call(
                        "vload" + loop.lanes(),
                        "0",
                        address(load.array(), load.index()).text());
            case Op.Constant _,
                    Op.Compare _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Tile _,
                    Op.Select _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.ThreadId _,
                    Op.Store _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _ -> throw unfit(i);
        };
    }

    private static IllegalStateException unfit(Instruction i) {
        return new IllegalStateException("not for lanes: " + i.op());
    }

    private Term sum(ByteDots.Sum sum) {
        Term total = null;
        for (Value addend : sum.addends()) {
            total = plus(total, operand(addend));
        }
        for (ByteDots.Dot dot : sum.dots()) {
            total = plus(total, functions.dot(dot, words(dot.left()), words(dot.right()), loop.lanes()));
        }
        return total;
    }

    private static Term plus(Term total, Term addend) {
        return total == null ? addend : Term.infix(total, "+", addend, Term.Level.SUM);
    }

    /** {@return the words of a factor; the same for all lanes where its index does not move} */
    private Term words(ByteFactor factor) {
        Op.Load load = factor.load();
        Term address = address(load.array(), load.index());
        return loop.roles().isUniform(load.index())
                ? functions.words(factor, address, null, null, 1).cast(type(Scalar.I32))
                : functions.words(factor, address, null, row(factor.row()), loop.lanes());
    }

    /** {@return the bits that a row sets in the words of all lanes; null without one} */
    private Term row(BitRow row) {
        if (row == null) {
            return null;
        }
        Term first = first(row.from());
        Term begin = (first == null ? Term.primary("0") : first).cast(type(Scalar.I32));
        String steps = IntStream.range(0, loop.lanes())
                .mapToObj(lane -> Long.toString(lane * loop.roles().stepOf(row.from())))
                .collect(Collectors.joining(", "));
        Term from = Term.infix(begin, "+", Term.unary("(" + type(Scalar.I32) + ") (" + steps + ")"), Term.Level.SUM);
        return DotFunctions.row(row, operands.apply(row.bits()).cast(type(Scalar.I32)), from);
    }

    private Term address(Value array, Value index) {
        Term first = first(index);
        Term base = operands.apply(array);
        return first == null ? base : new Term(base.text() + " + " + first.within(Term.Level.SUM), Term.Level.SUM);
    }

    /** {@return an index in the first iteration, or null for 0} */
    private Term first(Value index) {
        if (index.equals(loop.counter())) {
            return null;
        }
        if (loop.roles().isUniform(index)) {
            return operands.apply(index);
        }
        if (!(inlining.definition(index).op() instanceof Binary(Binary.Kind kind, Value left, Value right))) {
            throw unfit(inlining.definition(index));
        }
        Term a = first(left);
        Term b = first(right);
        return switch (kind) {
            case ADD -> a == null ? b : b == null ? a : Term.infix(a, "+", b, Term.Level.SUM);
            case SUB -> b == null ? a : Term.infix(a == null ? Term.primary("0") : a, "-", b, Term.Level.SUM);
            case MUL -> a == null || b == null ? null : Term.infix(a, "*", b, Term.Level.PRODUCT);
            case DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> throw unfit(inlining.definition(index));
        };
    }
}
