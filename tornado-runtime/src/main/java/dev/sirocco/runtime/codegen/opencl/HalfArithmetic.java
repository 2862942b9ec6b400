package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.function.Function;

/**
 * Sums, differences and products of halves as such, where a device has half arithmetic. In the IR they are of 32 bits
 * between conversions; as a float has more than twice a half's digits, rounding twice gives what rounding once does.
 * Quotients stay in 32 bits: OpenCL's of halves may be off by a unit in the last place.
 */
final class HalfArithmetic {
    private final Prelude prelude;
    private final OpenClTarget target;
    private final Inlining inlining;
    private final Function<Value, Term> operands;

    /** @param operands how a value is spelled */
    HalfArithmetic(Prelude prelude, OpenClTarget target, Inlining inlining, Function<Value, Term> operands) {
        this.prelude = prelude;
        this.target = target;
        this.inlining = inlining;
        this.operands = operands;
    }

    /** {@return the function that reads a half that an int has in its lower half} */
    String ofBits() {
        return Halves.ofBits(prelude, target);
    }

    /** {@return a conversion to half of what two halves make, as a float; null where it is something else} */
    Term arithmetic(Op.Convert convert) {
        if (!target.fp16()
                || convert.to() != Scalar.F16
                || !inlining.isInlined(convert.operand())
                || !(inlining.definition(convert.operand()).op()
                        instanceof Binary(Binary.Kind kind, Value left, Value right))
                || !isHalf(left)
                || !isHalf(right)) {
            return null;
        }
        return switch (kind) {
            case ADD -> infix(left, "+", right, Term.Level.SUM);
            case SUB -> infix(left, "-", right, Term.Level.SUM);
            case MUL -> infix(left, "*", right, Term.Level.PRODUCT);
            case DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> null;
        };
    }

    /** {@return whether a value is a half's, widened} */
    private boolean isHalf(Value value) {
        Instruction definition = inlining.definition(value);
        return definition != null
                && switch (definition.op()) {
                    case Op.Convert(Scalar to, Value half) -> to == Scalar.F32 && half.type() == Scalar.F16;
                    case Op.Constant(Scalar type, Number number) -> type == Scalar.F32 && isHalf(number.floatValue());
                    default -> false;
                };
    }

    private static boolean isHalf(float number) {
        return Float.float16ToFloat(Float.floatToFloat16(number)) == number;
    }

    private Term infix(Value left, String operator, Value right, Term.Level level) {
        prelude.extension("cl_khr_fp16");
        Term a = operands.apply(left).cast("half");
        Term b = operands.apply(right).cast("half");
        return Term.infix(a, operator, b, level).cast("float");
    }
}
