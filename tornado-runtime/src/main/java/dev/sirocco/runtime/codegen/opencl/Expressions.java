package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Compare;
import dev.sirocco.runtime.ir.Op.Unary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.Set;
import java.util.function.Function;

/** Spells arithmetic with Java's meaning. */
final class Expressions {
    private final Prelude prelude;
    private final FloatMode floats;
    private final HalfArithmetic halves;
    private final Set<Value> exact;
    private final Function<Value, Term> operands;
    private final Function<Value, Number> literals;

    /**
     * @param halves   arithmetic of halves where the device has it
     * @param exact    sums and products of integers that do not overflow
     * @param operands how a value is spelled
     * @param literals the literal that a value is, or null
     */
    Expressions(
            Prelude prelude,
            FloatMode floats,
            HalfArithmetic halves,
            Set<Value> exact,
            Function<Value, Term> operands,
            Function<Value, Number> literals) {
        this.prelude = prelude;
        this.floats = floats;
        this.halves = halves;
        this.exact = exact;
        this.operands = operands;
        this.literals = literals;
    }

    Term binary(Value result, Binary binary) {
        Scalar scalar = binary.left().scalar();
        if (scalar == Scalar.BOOL) {
            return logic(binary);
        }
        return scalar.isFloat() ? floatBinary(binary, scalar) : integerBinary(result, binary, scalar);
    }

    private Term logic(Binary binary) {
        String operator = switch (binary.kind()) {
            case AND -> "&";
            case OR -> "|";
            case XOR -> "^";
            case ADD, SUB, MUL, DIV, REM, SHL, SHR, USHR, MIN, MAX, POW ->
                throw new IllegalArgumentException(binary.kind() + " of bool");
        };
        return Term.bits(operands.apply(binary.left()), operator, operands.apply(binary.right()), Term.Level.BITS);
    }

    private Term integerBinary(Value result, Binary binary, Scalar scalar) {
        Term left = operands.apply(binary.left());
        Term right = operands.apply(binary.right());
        return switch (binary.kind()) {
            case ADD -> wrapping(result, scalar, left, "+", right, Term.Level.SUM);
            case SUB -> wrapping(result, scalar, left, "-", right, Term.Level.SUM);
            case MUL -> wrapping(result, scalar, left, "*", right, Term.Level.PRODUCT);
            case AND -> Term.bits(left, "&", right, Term.Level.BITS);
            case OR -> Term.bits(left, "|", right, Term.Level.BITS);
            case XOR -> Term.bits(left, "^", right, Term.Level.BITS);
            case DIV -> divide(binary, scalar, left, right);
            case REM -> remainder(binary, scalar, left, right);
            case SHL ->
                Term.bits(left.cast(CText.unsigned(scalar)), "<<", distance(binary, scalar), Term.Level.SHIFT)
                        .cast(CText.type(scalar));
            case SHR -> narrow(scalar, Term.bits(left, ">>", distance(binary, scalar), Term.Level.SHIFT));
            case USHR ->
                Term.bits(left.cast(CText.unsigned(scalar)), ">>", distance(binary, scalar), Term.Level.SHIFT)
                        .cast(CText.type(scalar));
            case MIN -> Term.call("min", typed(scalar, left), typed(scalar, right));
            case MAX -> Term.call("max", typed(scalar, left), typed(scalar, right));
            case POW -> throw new IllegalArgumentException("no power of " + scalar);
        };
    }

    /** An operand of an overloaded function, which must have exactly its type; an element of a byte array has not. */
    private static String typed(Scalar scalar, Term term) {
        boolean certain = (scalar == Scalar.I32 || scalar == Scalar.I64)
                && (Character.isDigit(term.text().charAt(0))
                        || term.text().startsWith("(" + CText.type(scalar) + ") "));
        return certain ? term.text() : term.cast(CText.type(scalar)).text();
    }

    private static Term narrow(Scalar scalar, Term term) {
        return scalar == Scalar.I8 || scalar == Scalar.I16 ? term.cast(CText.type(scalar)) : term;
    }

    /** Overflow of signed numbers is undefined in C, so it happens in unsigned ones where it may happen. */
    private Term wrapping(Value result, Scalar scalar, Term left, String operator, Term right, Term.Level level) {
        if (scalar == Scalar.I8 || scalar == Scalar.I16) {
            return Term.infix(left, operator, right, level).cast(CText.type(scalar));
        }
        if (exact.contains(result)) {
            return Term.infix(left, operator, right, level);
        }
        Term first = left.unsigned() != null ? left.unsigned() : left.cast(CText.unsigned(scalar));
        Term second = right.unsigned() != null ? right.unsigned() : right;
        Term sum = Term.infix(first, operator, second, level);
        return new Term(sum.cast(CText.type(scalar)).text(), Term.Level.UNARY, sum);
    }

    /** Division by zero gives 0, and MIN / −1 gives MIN; nothing traps. */
    private Term divide(Binary binary, Scalar scalar, Term left, Term right) {
        Number divisor = literals.apply(binary.right());
        if (divisor != null && divisor.longValue() == 0) {
            return CText.literal(scalar, 0L);
        }
        if (divisor != null && divisor.longValue() == -1) {
            return negate(scalar, left);
        }
        if (divisor != null) {
            return narrow(scalar, Term.infix(left, "/", right, Term.Level.PRODUCT));
        }
        String type = CText.type(scalar);
        String name = prelude.function("divide_" + type, """
                static TYPE divide_TYPE(TYPE a, TYPE b) {
                    TYPE quotient = a / (b == 0 || b == -1 ? (TYPE) 1 : b);
                    return b == 0 ? (TYPE) 0 : b == -1 ? (TYPE) (0 - (uTYPE) a) : quotient;
                }
                """.replace("TYPE", type));
        return Term.call(name, left.text(), right.text());
    }

    /** The remainder by zero, and by −1, is 0. */
    private Term remainder(Binary binary, Scalar scalar, Term left, Term right) {
        Number divisor = literals.apply(binary.right());
        if (divisor != null && (divisor.longValue() == 0 || divisor.longValue() == -1)) {
            return CText.literal(scalar, 0L);
        }
        if (divisor != null) {
            return narrow(scalar, Term.infix(left, "%", right, Term.Level.PRODUCT));
        }
        String type = CText.type(scalar);
        String name = prelude.function("remainder_" + type, """
                static TYPE remainder_TYPE(TYPE a, TYPE b) {
                    return a % (b == 0 || b == -1 ? (TYPE) 1 : b);
                }
                """.replace("TYPE", type));
        return Term.call(name, left.text(), right.text());
    }

    private Term distance(Binary binary, Scalar scalar) {
        int mask = scalar.sizeBytes() * 8 - 1;
        Number distance = literals.apply(binary.right());
        return distance != null
                ? Term.primary(Long.toString(distance.longValue() & mask))
                : Term.bits(operands.apply(binary.right()), "&", Term.primary(Integer.toString(mask)), Term.Level.BITS);
    }

    private Term negate(Scalar scalar, Term operand) {
        Term unsigned = operand.unsigned() != null ? operand.unsigned() : operand.cast(CText.unsigned(scalar));
        Term negated = Term.infix(Term.primary("0"), "-", unsigned, Term.Level.SUM);
        return new Term(negated.cast(CText.type(scalar)).text(), Term.Level.UNARY, negated);
    }

    private Term floatBinary(Binary binary, Scalar scalar) {
        Term left = operands.apply(binary.left());
        Term right = operands.apply(binary.right());
        return switch (binary.kind()) {
            case ADD -> Term.infix(left, "+", right, Term.Level.SUM);
            case SUB -> Term.infix(left, "-", right, Term.Level.SUM);
            case MUL -> Term.infix(left, "*", right, Term.Level.PRODUCT);
            case DIV -> Term.infix(left, "/", right, Term.Level.PRODUCT);
            case REM -> Term.call("fmod", left.text(), right.text());
            case MIN -> Term.call(extreme("min", "<", "|", scalar), left.text(), right.text());
            case MAX -> Term.call(extreme("max", ">", "&", scalar), left.text(), right.text());
            case POW -> Term.call("pow", left.text(), right.text());
            case AND, OR, XOR, SHL, SHR, USHR -> throw new IllegalArgumentException(binary.kind() + " of " + scalar);
        };
    }

    /** Java's min and max: NaN when an operand is, unlike fmin's; −0 is less than 0 unless floats are relaxed. */
    private String extreme(String name, String order, String zeros, Scalar scalar) {
        String type = CText.type(scalar);
        String bits = scalar == Scalar.F64 ? "long" : "int";
        String choice = "((a " + order + " b) | (a != a)) ? a : b";
        String body = floats == FloatMode.RELAXED
                ? choice
                : "a == b ? as_" + type + "(as_" + bits + "(a) " + zeros + " as_" + bits + "(b)) : " + choice;
        return prelude.function(
                name + "_" + type,
                "static TYPE NAME_TYPE(TYPE a, TYPE b) {\n    return BODY;\n}\n"
                        .replace("NAME", name)
                        .replace("TYPE", type)
                        .replace("BODY", body));
    }

    Term unary(Unary unary) {
        Scalar scalar = unary.operand().scalar();
        Term operand = operands.apply(unary.operand());
        if (scalar.isInteger()) {
            return switch (unary.kind()) {
                case NEG -> negate(scalar, operand);
                case ABS -> Term.call(absolute(scalar), operand.text());
                case SQRT, EXP, LOG, SIN, COS, TANH, FLOOR, CEIL ->
                    throw new IllegalArgumentException(unary.kind() + " of " + scalar);
            };
        }
        String function = switch (unary.kind()) {
            case NEG -> null;
            case ABS -> "fabs";
            case SQRT -> "sqrt";
            case EXP -> "exp";
            case LOG -> "log";
            case SIN -> "sin";
            case COS -> "cos";
            case TANH -> "tanh";
            case FLOOR -> "floor";
            case CEIL -> "ceil";
        };
        return function == null
                ? Term.unary("-" + operand.within(Term.Level.PRIMARY))
                : Term.call(function, operand.text());
    }

    /** Compilers take the result of OpenCL's abs for positive, which that of the lowest number is not in Java. */
    private String absolute(Scalar scalar) {
        return prelude.function("absolute_" + CText.type(scalar), """
                static TYPE absolute_TYPE(TYPE a) {
                    return a < 0 ? (TYPE) (0 - (uTYPE) a) : a;
                }
                """.replace("TYPE", CText.type(scalar)));
    }

    Term compare(Compare compare) {
        return compare(compare.condition(), compare);
    }

    /** {@return the opposite of a comparison; with a NaN it is true where the comparison is false} */
    Term compareNot(Compare compare) {
        boolean ordered = compare.left().scalar().isFloat()
                && compare.condition() != Compare.Condition.EQ
                && compare.condition() != Compare.Condition.NE;
        if (ordered) {
            return not(compare(compare));
        }
        Compare.Condition opposite = switch (compare.condition()) {
            case EQ -> Compare.Condition.NE;
            case NE -> Compare.Condition.EQ;
            case LT -> Compare.Condition.GE;
            case LE -> Compare.Condition.GT;
            case GT -> Compare.Condition.LE;
            case GE -> Compare.Condition.LT;
        };
        return compare(opposite, compare);
    }

    static Term not(Term condition) {
        return Term.unary("!" + condition.within(Term.Level.UNARY));
    }

    private Term compare(Compare.Condition condition, Compare compare) {
        Term left = operands.apply(compare.left());
        Term right = operands.apply(compare.right());
        return switch (condition) {
            case EQ -> ordered(left, "==", right, Term.Level.EQUALITY);
            case NE -> ordered(left, "!=", right, Term.Level.EQUALITY);
            case LT -> ordered(left, "<", right, Term.Level.ORDER);
            case LE -> ordered(left, "<=", right, Term.Level.ORDER);
            case GT -> ordered(left, ">", right, Term.Level.ORDER);
            case GE -> ordered(left, ">=", right, Term.Level.ORDER);
        };
    }

    private static Term ordered(Term left, String operator, Term right, Term.Level level) {
        return new Term(left.within(Term.Level.SHIFT) + " " + operator + " " + right.within(Term.Level.SHIFT), level);
    }

    Term select(Op.Select select) {
        return new Term(
                operands.apply(select.condition()).within(Term.Level.OR) + " ? "
                        + operands.apply(select.whenTrue()).within(Term.Level.OR) + " : "
                        + operands.apply(select.whenFalse()).within(Term.Level.OR),
                Term.Level.CHOICE);
    }

    /** Integers are cut or sign-extended; float to integer saturates, with NaN as 0. */
    Term convert(Op.Convert convert) {
        Scalar from = convert.operand().scalar();
        Scalar to = convert.to();
        Term half = halves.arithmetic(convert);
        if (half != null) {
            return half;
        }
        Term operand = operands.apply(convert.operand());
        if (from == to || to == Scalar.F32 && from == Scalar.F16) {
            return operand;
        }
        if (from.isFloat() && to.isInteger()) {
            Scalar whole = to == Scalar.I64 ? Scalar.I64 : Scalar.I32;
            Term converted = Term.call(saturating(from, whole), operand.text());
            return whole == to ? converted : converted.cast(CText.type(to));
        }
        if (to == Scalar.F16) {
            String single =
                    from == Scalar.F32 ? operand.text() : operand.cast("float").text();
            return Term.call(Halves.rounding(prelude), single);
        }
        if (from.isInteger() && to.isInteger() && from.sizeBytes() < to.sizeBytes() && to != Scalar.I64) {
            return operand;
        }
        return operand.cast(CText.type(to));
    }

    private String saturating(Scalar from, Scalar to) {
        String source = from == Scalar.F64 ? "double" : "float";
        String target = CText.type(to);
        String limit = to == Scalar.I64 ? "9223372036854775808.0" : "2147483648.0";
        String letter = to == Scalar.I64 ? "LONG" : "INT";
        return prelude.function(target + "_from_" + source, """
                static TO TO_from_FROM(FROM x) {
                    bool fits = x >= -LIMIT && x < LIMIT;
                    TO whole = (TO) (fits ? x : ZERO);
                    return fits || x != x ? whole : x < ZERO ? MOST_MIN : MOST_MAX;
                }
                """.replace("FROM", source)
                .replace("TO", target)
                .replace("LIMIT", from == Scalar.F64 ? limit : limit + "f")
                .replace("ZERO", from == Scalar.F64 ? "0.0" : "0.0f")
                .replace("MOST", letter));
    }

    /** {@return the value of an instruction that is no load} */
    Term of(Instruction i) {
        return switch (i.op()) {
            case Binary binary -> binary(i.result(), binary);
            case Unary unary -> unary(unary);
            case Compare compare -> compare(compare);
            case Op.Select select -> select(select);
            case Op.Convert convert -> convert(convert);
            case Op.FloatBits(Value bits) ->
                Term.call(
                        i.result().type() == Scalar.F16 ? halves.ofBits() : "as_float",
                        operands.apply(bits).text());
            case Op.HalfBits(Value half) ->
                Term.call(Halves.bits(prelude), operands.apply(half).text());
            case Op.Constant(Scalar type, Number value) -> CText.literal(type, value);
            case Op.Load _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.ThreadId _,
                    Op.Store _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _ -> throw new IllegalArgumentException("no arithmetic: " + i.op());
            case Op.Tile _ -> throw OpenClEmitter.refused(i);
        };
    }
}
