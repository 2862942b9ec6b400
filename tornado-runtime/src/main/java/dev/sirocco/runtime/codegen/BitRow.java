package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.List;
import java.util.Map;

/**
 * A bit of an int that is moved to another place: {@code ((bits >> from) & 1) << to}. Four that follow each other are
 * spread over a word's bytes by one multiplication.
 *
 * @param bits the int
 * @param from which bit is taken, a multiple of four for the first of a row, so that a row does not go past the end
 * @param at   the same as a sum
 * @param to   where it goes, 0 to 6
 */
public record BitRow(Value bits, Value from, ValueNumbers.Sum at, int to) {
    /** Moves bit k of a number below 16 to bit 8k, and to other places: each term of the product moves all four. */
    private static final int SPREAD = 1 | 1 << 7 | 1 << 14 | 1 << 21;

    /** The bits of a row, once they are the lowest of a number. */
    public static final int FOUR = 0xF;

    /** The bits of a shift's distance, without those that are 0 for the first bit of a row. */
    public static final int DISTANCE = 28;

    /** {@return the row whose bit a value is, or null} */
    static BitRow of(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        if (!(operation(value, definitions) instanceof Binary(Binary.Kind move, Value bit, Value to))
                || move != Binary.Kind.SHL
                || numbers.literal(to) == null
                || numbers.literal(to) < 0
                || numbers.literal(to) > 6
                || !(operation(bit, definitions) instanceof Binary(Binary.Kind mask, Value moved, Value one))
                || mask != Binary.Kind.AND
                || !Integer.valueOf(1).equals(numbers.literal(one))
                || !(operation(moved, definitions) instanceof Binary(Binary.Kind shift, Value bits, Value from))
                || shift != Binary.Kind.SHR && shift != Binary.Kind.USHR
                || bits.type() != Scalar.I32) {
            return null;
        }
        return new BitRow(bits, from, numbers.sum(from), numbers.literal(to));
    }

    private static Op operation(Value value, Map<Value, Instruction> definitions) {
        Instruction instruction = definitions.get(value);
        return instruction == null ? null : instruction.op();
    }

    /** {@return whether the first bit of the row is always a multiple of four} */
    boolean begins(Map<Value, Instruction> definitions, ValueNumbers numbers) {
        return isMultipleOfFour(from, definitions, numbers);
    }

    private static boolean isMultipleOfFour(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        if (numbers.literal(value) != null) {
            return numbers.literal(value) % 4 == 0;
        }
        return operation(value, definitions) instanceof Binary(Binary.Kind kind, Value a, Value b)
                && switch (kind) {
                    case ADD, SUB ->
                        isMultipleOfFour(a, definitions, numbers) && isMultipleOfFour(b, definitions, numbers);
                    case MUL -> isMultipleOfFour(a, definitions, numbers) || isMultipleOfFour(b, definitions, numbers);
                    case SHL -> numbers.literal(b) != null && (numbers.literal(b) & 31) >= 2;
                    case DIV, REM, AND, OR, XOR, SHR, USHR, MIN, MAX, POW -> false;
                };
    }

    /** {@return whether this is the bit {@code distance} after another, and goes to the same place} */
    boolean follows(BitRow other, int distance) {
        return bits.equals(other.bits)
                && to == other.to
                && at.base() == other.at.base()
                && at.offset() == other.at.offset() + distance;
    }

    /** {@return what is needed to compute the row} */
    List<Value> operands() {
        return List.of(bits, from);
    }

    /** {@return the factor that moves bit k of a number below 16 to bit {@link #to} of byte k, and to others} */
    public int spread() {
        return SPREAD << to;
    }

    /** {@return the bit {@link #to} of each byte} */
    public int mask() {
        return DotUnit.EACH_BYTE << to;
    }
}
