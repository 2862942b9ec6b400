package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Compare;
import dev.sirocco.runtime.ir.Op.Unary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.function.Function;

/** Spells arithmetic with Java's meaning. Each method returns the last instruction, without result and indentation. */
final class Arithmetic {
    private final ModuleText text;
    private final FloatMode floats;
    private final Dialect dialect;
    private final Function<Value, String> operands;
    private final Function<Value, Number> literals;

    /**
     * @param operands how a value is spelled as operand
     * @param literals the literal that a value is, or null
     */
    Arithmetic(
            ModuleText text,
            FloatMode floats,
            Dialect dialect,
            Function<Value, String> operands,
            Function<Value, Number> literals) {
        this.text = text;
        this.floats = floats;
        this.dialect = dialect;
        this.operands = operands;
        this.literals = literals;
    }

    /** {@code exact} says that the result does not overflow. */
    String binary(Binary binary, boolean exact) {
        Scalar scalar = binary.left().scalar();
        return scalar.isFloat() ? floatBinary(binary, scalar) : integerBinary(binary, scalar, exact);
    }

    private String integerBinary(Binary binary, Scalar scalar, boolean exact) {
        String flag = exact ? "nsw " : "";
        return switch (binary.kind()) {
            case ADD -> plain("add " + flag, binary, scalar);
            case SUB -> plain("sub " + flag, binary, scalar);
            case MUL -> plain("mul " + flag, binary, scalar);
            case AND -> plain("and ", binary, scalar);
            case OR -> plain("or ", binary, scalar);
            case XOR -> plain("xor ", binary, scalar);
            case DIV -> divide(binary, scalar);
            case REM -> remainder(binary, scalar);
            case SHL -> shift("shl ", binary, scalar);
            case SHR -> shift("ashr ", binary, scalar);
            case USHR -> shift("lshr ", binary, scalar);
            case MIN -> call("llvm.smin", "", scalar, binary.left(), binary.right());
            case MAX -> call("llvm.smax", "", scalar, binary.left(), binary.right());
            case POW -> throw new IllegalArgumentException("no power of " + scalar);
        };
    }

    private String floatBinary(Binary binary, Scalar scalar) {
        String flags = floats.flags();
        return switch (binary.kind()) {
            case ADD -> plain("fadd " + flags, binary, scalar);
            case SUB -> plain("fsub " + flags, binary, scalar);
            case MUL -> plain("fmul " + flags, binary, scalar);
            case DIV -> plain("fdiv " + flags, binary, scalar);
            case REM -> plain("frem ", binary, scalar);
            case MIN -> extreme("llvm.minimum", scalar, binary, false);
            case MAX -> extreme("llvm.maximum", scalar, binary, true);
            case POW -> function("pow", scalar, binary.left(), binary.right());
            case AND, OR, XOR, SHL, SHR, USHR -> throw new IllegalArgumentException(binary.kind() + " of " + scalar);
        };
    }

    private String extreme(String name, Scalar scalar, Binary binary, boolean maximum) {
        if (dialect.knowsNan()) {
            return call(name, floats.orderFlags(), scalar, binary.left(), binary.right());
        }
        String type = ModuleText.type(scalar);
        return "call " + type + " " + Minimum.function(text, scalar, maximum) + "(" + type + " "
                + operand(binary.left()) + ", " + type + " " + operand(binary.right()) + ")";
    }

    private String plain(String operation, Binary binary, Scalar scalar) {
        return operation + ModuleText.type(scalar) + " " + operand(binary.left()) + ", " + operand(binary.right());
    }

    /** Division by zero gives 0, and MIN / −1 gives MIN; nothing traps. */
    private String divide(Binary binary, Scalar scalar) {
        String type = ModuleText.type(scalar);
        String left = operand(binary.left());
        Number divisor = literals.apply(binary.right());
        if (divisor != null) {
            return switch (Math.clamp(divisor.longValue(), -2, 1)) {
                case 0 -> "add " + type + " 0, 0";
                case -1 -> "sub " + type + " 0, " + left;
                default -> "sdiv " + type + " " + left + ", " + divisor;
            };
        }
        String right = operand(binary.right());
        String isZero = text.define("icmp eq " + type + " " + right + ", 0");
        String isMinusOne = text.define("icmp eq " + type + " " + right + ", -1");
        String unsafe = text.define("or i1 " + isZero + ", " + isMinusOne);
        String safe = text.define("select i1 " + unsafe + ", " + type + " 1, " + type + " " + right);
        String quotient = text.define("sdiv " + type + " " + left + ", " + safe);
        String negated = text.define("sub " + type + " 0, " + left);
        String signed =
                text.define("select i1 " + isMinusOne + ", " + type + " " + negated + ", " + type + " " + quotient);
        return "select i1 " + isZero + ", " + type + " 0, " + type + " " + signed;
    }

    /** The remainder by zero, and by −1, is 0. */
    private String remainder(Binary binary, Scalar scalar) {
        String type = ModuleText.type(scalar);
        String left = operand(binary.left());
        Number divisor = literals.apply(binary.right());
        if (divisor != null) {
            return divisor.longValue() == 0 || divisor.longValue() == -1
                    ? "add " + type + " 0, 0"
                    : "srem " + type + " " + left + ", " + divisor;
        }
        String right = operand(binary.right());
        String isZero = text.define("icmp eq " + type + " " + right + ", 0");
        String isMinusOne = text.define("icmp eq " + type + " " + right + ", -1");
        String unsafe = text.define("or i1 " + isZero + ", " + isMinusOne);
        String safe = text.define("select i1 " + unsafe + ", " + type + " 1, " + type + " " + right);
        return "srem " + type + " " + left + ", " + safe;
    }

    private String shift(String operation, Binary binary, Scalar scalar) {
        String type = ModuleText.type(scalar);
        int mask = scalar.sizeBytes() * 8 - 1;
        Number distance = literals.apply(binary.right());
        String masked = distance == null
                ? text.define("and " + type + " " + operand(binary.right()) + ", " + mask)
                : Long.toString(distance.longValue() & mask);
        return operation + type + " " + operand(binary.left()) + ", " + masked;
    }

    String unary(Unary unary) {
        Scalar scalar = unary.operand().scalar();
        String type = ModuleText.type(scalar);
        String operand = operand(unary.operand());
        if (scalar.isInteger()) {
            return switch (unary.kind()) {
                case NEG -> "sub " + type + " 0, " + operand;
                case ABS ->
                    "call " + type + " "
                            + text.intrinsic("llvm.abs." + ModuleText.suffix(scalar), type, type, "i1")
                            + "(" + type + " " + operand + ", i1 false)";
                case SQRT, EXP, LOG, SIN, COS, TANH, FLOOR, CEIL ->
                    throw new IllegalArgumentException(unary.kind() + " of " + scalar);
            };
        }
        return switch (unary.kind()) {
            case NEG -> "fneg " + type + " " + operand;
            case ABS -> call("llvm.fabs", "", scalar, unary.operand());
            case SQRT -> call("llvm.sqrt", "", scalar, unary.operand());
            case EXP -> exp(scalar, unary.operand());
            case LOG -> function("log", scalar, unary.operand());
            case SIN -> function("sin", scalar, unary.operand());
            case COS -> function("cos", scalar, unary.operand());
            case TANH -> function("tanh", scalar, unary.operand());
            case FLOOR -> call("llvm.floor", "", scalar, unary.operand());
            case CEIL -> call("llvm.ceil", "", scalar, unary.operand());
        };
    }

    private String exp(Scalar scalar, Value operand) {
        if (scalar != Scalar.F32 || dialect == Dialect.SPIRV) {
            return function("exp", scalar, operand);
        }
        text.intrinsic("llvm.fmuladd.f32", "float", "float", "float", "float");
        return "call float " + text.helper(Exponential.NAME, Exponential.definition()) + "(float " + operand(operand)
                + ")";
    }

    /** Calls a function that some targets have as an intrinsic and some have not. */
    private String function(String name, Scalar scalar, Value... arguments) {
        if (!dialect.needsFunctions()) {
            return call("llvm." + name, "", scalar, arguments);
        }
        String[] given = new String[arguments.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = operand(arguments[i]);
        }
        return Transcendental.call(text, name, scalar, given);
    }

    private String call(String name, String flags, Scalar scalar, Value... arguments) {
        String type = ModuleText.type(scalar);
        String[] parameters = new String[arguments.length];
        StringBuilder given = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            parameters[i] = type;
            given.append(i == 0 ? "" : ", ").append(type).append(' ').append(operand(arguments[i]));
        }
        String function = text.intrinsic(name + "." + ModuleText.suffix(scalar), type, parameters);
        return "call " + flags + type + " " + function + "(" + given + ")";
    }

    String compare(Compare compare) {
        Scalar scalar = compare.left().scalar();
        String condition = switch (compare.condition()) {
            case EQ -> scalar.isFloat() ? "oeq" : "eq";
            case NE -> scalar.isFloat() ? "une" : "ne";
            case LT -> scalar.isFloat() ? "olt" : "slt";
            case LE -> scalar.isFloat() ? "ole" : "sle";
            case GT -> scalar.isFloat() ? "ogt" : "sgt";
            case GE -> scalar.isFloat() ? "oge" : "sge";
        };
        return (scalar.isFloat() ? "fcmp " : "icmp ") + condition + " " + ModuleText.type(scalar) + " "
                + operand(compare.left()) + ", " + operand(compare.right());
    }

    String select(Op.Select select) {
        String type = dialect.type(select.whenTrue().scalar());
        String flags = select.whenTrue().scalar().isFloat() && !type.equals("i16") ? floats.orderFlags() : "";
        return "select " + flags + "i1 " + operand(select.condition()) + ", " + type + " " + operand(select.whenTrue())
                + ", " + type + " " + operand(select.whenFalse());
    }

    /** Integers are cut or sign-extended; float to integer saturates, with NaN as 0. */
    String convert(Op.Convert convert) {
        return convert(convert.operand().scalar(), operand(convert.operand()), convert.to());
    }

    private String convert(Scalar from, String operand, Scalar to) {
        if (from == to) {
            return "bitcast " + dialect.type(from) + " " + operand + " to " + dialect.type(to);
        }
        if (!dialect.hasHalf() && (from == Scalar.F16 || to == Scalar.F16)) {
            return convertHalf(from, operand, to);
        }
        if (from.isInteger()) {
            if (to.isFloat()) {
                return "sitofp " + cast(from, operand, to);
            }
            return (from.sizeBytes() < to.sizeBytes() ? "sext " : "trunc ") + cast(from, operand, to);
        }
        if (to.isFloat()) {
            if (from == Scalar.F64 && to == Scalar.F16) {
                String single = text.define("fptrunc double " + operand + " to float");
                return "fptrunc " + cast(Scalar.F32, single, to);
            }
            return (from.sizeBytes() < to.sizeBytes() ? "fpext " : "fptrunc ") + cast(from, operand, to);
        }
        Scalar whole = to == Scalar.I64 ? Scalar.I64 : Scalar.I32;
        String function = dialect.knowsNan()
                ? text.intrinsic(
                        "llvm.fptosi.sat." + ModuleText.suffix(whole) + "." + ModuleText.suffix(from),
                        ModuleText.type(whole),
                        ModuleText.type(from))
                : Saturation.function(text, from, whole);
        String call =
                "call " + ModuleText.type(whole) + " " + function + "(" + ModuleText.type(from) + " " + operand + ")";
        return whole == to ? call : "trunc " + cast(whole, text.define(call), to);
    }

    /** By way of 32-bit floats. */
    private String convertHalf(Scalar from, String operand, Scalar to) {
        if (from == Scalar.F16) {
            String single = "call float " + HalfBits.widen(text) + "(i16 " + operand + ")";
            if (to == Scalar.F32) {
                return single;
            }
            return convert(Scalar.F32, text.define(single), to);
        }
        String single = from == Scalar.F32 ? operand : text.define(convert(from, operand, Scalar.F32));
        return "call i16 " + HalfBits.narrow(text) + "(float " + single + ")";
    }

    private static String cast(Scalar from, String operand, Scalar to) {
        return ModuleText.type(from) + " " + operand + " to " + ModuleText.type(to);
    }

    private String operand(Value value) {
        return operands.apply(value);
    }
}
