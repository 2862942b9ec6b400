package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A number made of one byte of an array: {@code b}, {@code b & mask} or {@code (b >> shift) & mask}, less a constant,
 * where the shift may be {@code n & literal} if what is kept is in the byte for any {@code n}; or anything that is
 * computed from nothing but four bits of it or fewer; or its lower bits with one of a
 * {@link BitRow} above them.
 *
 * @param value the byte as it is read
 * @param load  what reads it
 * @param at    its index
 * @param form  what is made of it
 * @param moved how far the form's bits are moved down before its own shift, or null where only that says so
 * @param row   where the bit above comes from, or null
 */
public record ByteFactor(Value value, Op.Load load, ValueNumbers.Sum at, Form form, Value moved, BitRow row) {
    /**
     * What is made of a byte.
     *
     * @param shift  how far its bits are moved down first
     * @param mask   which of them are kept; −1 for all, with their sign
     * @param minus  what is subtracted then
     * @param levels (16), each −127 to 127, what stands for each number that the bits can be; empty for itself
     */
    public record Form(int shift, int mask, int minus, List<Integer> levels) {
        /** {@return whether results are from 0 to 255, else they are from −128 to 127} */
        public boolean isUnsigned() {
            return mask >= 0 && minus == 0 && levels.isEmpty();
        }

        /** {@return whether results are from −128 to 127} */
        public boolean fitsSigned() {
            return mask == -1 || !levels.isEmpty() || mask - minus <= Byte.MAX_VALUE;
        }

        /** {@return whether a byte stands for each number that the bits can be} */
        public boolean hasLevels() {
            return !levels.isEmpty();
        }

        /** {@return the levels as two hexadecimal digits each, which names them} */
        public String levelDigits() {
            return levels.stream().map(level -> "%02x".formatted(level & 0xFF)).collect(Collectors.joining());
        }

        Form withLevels(List<Integer> found) {
            return new Form(shift, mask, minus, found);
        }
    }

    /** {@return the factor without levels that a value is, or null} */
    static ByteFactor of(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        return definition(value, definitions) instanceof Binary(Binary.Kind kind, Value lower, Value upper)
                        && kind == Binary.Kind.OR
                ? withRow(ofByte(lower, definitions, numbers), BitRow.of(upper, definitions, numbers))
                : ofByte(value, definitions, numbers);
    }

    private static ByteFactor withRow(ByteFactor lower, BitRow row) {
        return lower == null
                        || row == null
                        || lower.form.mask < 0
                        || lower.form.mask >= 1 << row.to()
                        || lower.form.minus != 0
                ? null
                : new ByteFactor(lower.value, lower.load, lower.at, lower.form, lower.moved, row);
    }

    private static ByteFactor ofByte(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        int minus = 0;
        Value masked = value;
        if (definition(value, definitions) instanceof Binary(Binary.Kind kind, Value left, Value right)
                && numbers.literal(right) != null
                && (kind == Binary.Kind.SUB || kind == Binary.Kind.ADD)) {
            minus = kind == Binary.Kind.SUB ? numbers.literal(right) : -numbers.literal(right);
            masked = left;
        }
        int mask = -1;
        Value shifted = masked;
        if (definition(masked, definitions) instanceof Binary(Binary.Kind kind, Value left, Value right)
                && kind == Binary.Kind.AND
                && numbers.literal(right) != null) {
            mask = numbers.literal(right);
            shifted = left;
        }
        int shift = 0;
        int farthest = 0;
        Value moved = null;
        Value signed = shifted;
        if (definition(shifted, definitions) instanceof Binary(Binary.Kind kind, Value left, Value right)
                && (kind == Binary.Kind.SHR || kind == Binary.Kind.USHR)) {
            if (numbers.literal(right) != null) {
                shift = numbers.literal(right);
                farthest = shift;
            } else {
                moved = right;
                farthest = most(right, definitions, numbers);
            }
            signed = left;
        }
        boolean usable = mask == -1
                ? signed == masked && minus == 0
                : farthest >= 0 && farthest < 8 && mask >= 0 && mask <= 0xFF >> farthest && minus >= 0 && minus <= 0x7F;
        if (!usable
                || minus > 0 && mask > 0x7F
                || !(definition(signed, definitions) instanceof Op.Convert(Scalar to, Value small))
                || to != Scalar.I32
                || !(definition(small, definitions) instanceof Op.Load load)
                || load.as() != Scalar.I8
                || load.array().array().element() != Scalar.I8) {
            return null;
        }
        Form form = new Form(shift, mask, minus, List.of());
        return new ByteFactor(small, load, numbers.sum(load.index()), form, moved, null);
    }

    /** {@return the most that {@code n & literal} is, or −1 for anything else} */
    private static int most(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        return definition(value, definitions) instanceof Binary(Binary.Kind kind, Value _, Value right)
                        && kind == Binary.Kind.AND
                        && numbers.literal(right) != null
                ? numbers.literal(right)
                : -1;
    }

    /** {@return what is needed to compute a word of such bytes} */
    List<Value> operands() {
        List<Value> operands = new ArrayList<>(load.operands());
        if (moved != null) {
            operands.add(moved);
        }
        if (row != null) {
            operands.addAll(row.operands());
        }
        return operands;
    }

    /** {@return whether a word can begin with this byte} */
    boolean begins(Map<Value, Instruction> definitions, ValueNumbers numbers) {
        return row == null || row.begins(definitions, numbers);
    }

    private static Op definition(Value value, Map<Value, Instruction> definitions) {
        Instruction instruction = definitions.get(value);
        return instruction == null ? null : instruction.op();
    }

    /** {@return whether this byte lies {@code distance} after another of the same array, in the same form} */
    boolean follows(ByteFactor other, int distance) {
        return load.array().equals(other.load.array())
                && form.equals(other.form)
                && Objects.equals(moved, other.moved)
                && at.base() == other.at.base()
                && at.offset() == other.at.offset() + distance
                && (row == null ? other.row == null : other.row != null && row.follows(other.row, distance));
    }
}
