package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.ConstantFolding;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers that are computed from nothing but a few bits of a byte, however that is written: there are as many as the
 * bits can be, so that they are found while the kernel is compiled. Processors have an instruction that looks sixteen
 * of them up at once, if they are bytes.
 */
final class Levels {
    /** How many can be looked up: what four bits number. */
    static final int COUNT = 16;

    /** Operations that are looked at: a little more than a polynomial and its rounding take. */
    private static final int MOST_OPERATIONS = 64;

    private final Map<Value, Instruction> definitions;
    private final ValueNumbers numbers;
    private final Set<Value> seen = new HashSet<>();
    private final List<Value> order = new ArrayList<>(); // what is computed, operands first
    private Value bits;
    private ByteFactor factor;

    private Levels(Map<Value, Instruction> definitions, ValueNumbers numbers) {
        this.definitions = definitions;
        this.numbers = numbers;
    }

    /** {@return the factor that an integer is, with levels from −127 to 127, or null} */
    static ByteFactor factor(Value value, Map<Value, Instruction> definitions, ValueNumbers numbers) {
        Levels levels = new Levels(definitions, numbers);
        if (!levels.visit(value) || levels.bits == null) {
            return null;
        }
        List<Integer> found = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            Number level = number > levels.factor.form().mask() ? Long.valueOf(0) : levels.compute(value, number);
            if (level == null || Math.abs(level.longValue()) > Byte.MAX_VALUE) {
                return null;
            }
            found.add(level.intValue());
        }
        ByteFactor made = levels.factor;
        return new ByteFactor(
                made.value(), made.load(), made.at(), made.form().withLevels(List.copyOf(found)), null, null);
    }

    /** {@return whether a value comes from the same bits as what was visited before, or from none} */
    private boolean visit(Value value) {
        if (!seen.add(value)) {
            return true;
        }
        Instruction instruction = definitions.get(value);
        if (instruction == null || seen.size() > MOST_OPERATIONS) {
            return false;
        }
        ByteFactor plain = ByteFactor.of(value, definitions, numbers);
        if (plain != null
                && plain.row() == null
                && plain.moved() == null
                && plain.form().mask() >= 0
                && plain.form().mask() < COUNT
                && plain.form().minus() == 0) {
            boolean isSame = bits == null || bits.equals(value);
            bits = value;
            factor = plain;
            return isSame;
        }
        for (Value operand : instruction.op().operands()) {
            if (!visit(operand)) {
                return false;
            }
        }
        order.add(value);
        return !instruction.op().operands().isEmpty() || instruction.op() instanceof Op.Constant;
    }

    private Number compute(Value wanted, long number) {
        Map<Value, Number> known = new HashMap<>(Map.of(bits, number));
        for (Value value : order) {
            Number result = ConstantFolding.fold(
                            value.type(), definitions.get(value).op(), known::get)
                    .orElse(null);
            if (result == null) {
                return null;
            }
            known.put(value, result);
        }
        return known.get(wanted);
    }
}
