package dev.sirocco.runtime.ir;

import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.Optional;
import java.util.function.Function;

/** Java's arithmetic on literals. Integers are held as Long, floats as Double, both exact in their type. */
public final class ConstantFolding {
    private ConstantFolding() {}

    /**
     * {@return the literal that an operation gives when its operands are literals; empty when it cannot be known}
     *
     * @param type  the result's type
     * @param known the literal that a value is, or null
     */
    public static Optional<Number> fold(Type type, Op op, Function<Value, Number> known) {
        if (op.operands().isEmpty() && !(op instanceof Op.Constant)) {
            return Optional.empty();
        }
        for (Value operand : op.operands()) {
            if (known.apply(operand) == null && !(op instanceof Op.Select)) {
                return Optional.empty();
            }
        }
        return switch (op) {
            case Op.Constant(Scalar scalar, Number value) -> Optional.of(value);
            case Op.Binary(Op.Binary.Kind kind, Value a, Value b) ->
                binary((Scalar) type, kind, known.apply(a), known.apply(b));
            case Op.Unary(Op.Unary.Kind kind, Value a) -> unary((Scalar) type, kind, known.apply(a));
            case Op.Compare(Op.Compare.Condition condition, Value a, Value b) ->
                Optional.of(compare(condition, a.scalar(), known.apply(a), known.apply(b)) ? 1L : 0L);
            case Op.Convert(Scalar to, Value a) -> Optional.of(convert(to, a.scalar(), known.apply(a)));
            case Op.FloatBits(Value a) ->
                real((Scalar) type, number((Scalar) type, known.apply(a).intValue()));
            case Op.Select(Value condition, Value a, Value b) -> {
                Number which = known.apply(condition);
                yield which == null
                        ? Optional.empty()
                        : Optional.ofNullable(known.apply(which.longValue() != 0 ? a : b));
            }
            case Op.HalfBits(Value a) ->
                Optional.of((long) Float.floatToFloat16(known.apply(a).floatValue()));
            case Op.Load _,
                    Op.Store _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.ThreadId _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _,
                    Op.Tile _ -> Optional.empty();
        };
    }

    private static Optional<Number> binary(Scalar type, Op.Binary.Kind kind, Number left, Number right) {
        if (type.isFloat()) {
            double a = left.doubleValue();
            double b = right.doubleValue();
            return switch (kind) {
                case ADD -> real(type, a + b);
                case SUB -> real(type, a - b);
                case MUL -> real(type, a * b);
                case DIV -> real(type, a / b);
                case REM -> real(type, a % b);
                case MIN -> real(type, Math.min(a, b));
                case MAX -> real(type, Math.max(a, b));
                case POW -> real(type, Math.pow(a, b));
                case AND, OR, XOR, SHL, SHR, USHR -> Optional.empty();
            };
        }
        long a = left.longValue();
        long b = right.longValue();
        int mask = type == Scalar.I64 ? 63 : 31;
        return switch (kind) {
            case ADD -> integer(type, a + b);
            case SUB -> integer(type, a - b);
            case MUL -> integer(type, a * b);
            case DIV -> b == 0 ? Optional.empty() : integer(type, a / b);
            case REM -> b == 0 ? Optional.empty() : integer(type, a % b);
            case AND -> integer(type, a & b);
            case OR -> integer(type, a | b);
            case XOR -> integer(type, a ^ b);
            case SHL -> integer(type, a << (b & mask));
            case SHR -> integer(type, a >> (b & mask));
            case USHR -> integer(type, type == Scalar.I64 ? a >>> (b & mask) : (int) a >>> (b & mask));
            case MIN -> integer(type, Math.min(a, b));
            case MAX -> integer(type, Math.max(a, b));
            case POW -> Optional.empty();
        };
    }

    private static float number(Scalar type, int bits) {
        return type == Scalar.F16 ? Float.float16ToFloat((short) bits) : Float.intBitsToFloat(bits);
    }

    private static Optional<Number> unary(Scalar type, Op.Unary.Kind kind, Number operand) {
        if (!type.isFloat()) {
            long a = operand.longValue();
            return switch (kind) {
                case NEG -> integer(type, -a);
                case ABS -> integer(type, Math.abs(a));
                default -> Optional.empty();
            };
        }
        double a = operand.doubleValue();
        return switch (kind) {
            case NEG -> real(type, -a);
            case ABS -> real(type, Math.abs(a));
            case SQRT -> real(type, Math.sqrt(a));
            case EXP -> real(type, Math.exp(a));
            case LOG -> real(type, Math.log(a));
            case SIN -> real(type, Math.sin(a));
            case COS -> real(type, Math.cos(a));
            case TANH -> real(type, Math.tanh(a));
            case FLOOR -> real(type, Math.floor(a));
            case CEIL -> real(type, Math.ceil(a));
        };
    }

    private static boolean compare(Op.Compare.Condition condition, Scalar type, Number left, Number right) {
        if (type.isFloat()) {
            double a = left.doubleValue();
            double b = right.doubleValue();
            return switch (condition) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
            };
        }
        int order = Long.compare(left.longValue(), right.longValue());
        return switch (condition) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static Number convert(Scalar to, Scalar from, Number operand) {
        return switch (to) {
            case BOOL -> throw new IllegalArgumentException("no conversion to bool");
            case I8 -> (long) (byte) integral(from, operand, Scalar.I32);
            case I16 -> (long) (short) integral(from, operand, Scalar.I32);
            case I32 -> (long) (int) integral(from, operand, Scalar.I32);
            case I64 -> integral(from, operand, Scalar.I64);
            case F16 -> (double) Float.float16ToFloat(Float.floatToFloat16(operand.floatValue()));
            case F32 -> (double) operand.floatValue();
            case F64 -> operand.doubleValue();
        };
    }

    private static long integral(Scalar from, Number operand, Scalar width) {
        if (!from.isFloat()) {
            return operand.longValue();
        }
        return width == Scalar.I64 ? (long) operand.doubleValue() : (int) operand.doubleValue();
    }

    private static Optional<Number> integer(Scalar type, long value) {
        return Optional.of(
                switch (type) {
                    case BOOL -> value & 1;
                    case I8 -> (long) (byte) value;
                    case I16 -> (long) (short) value;
                    case I32 -> (long) (int) value;
                    case I64 -> value;
                    case F16, F32, F64 -> throw new IllegalArgumentException("no integer: " + type);
                });
    }

    private static Optional<Number> real(Scalar type, double value) {
        return Optional.of(type == Scalar.F32 ? (double) (float) value : value);
    }
}
