package dev.sirocco.runtime.ptx;

import java.util.List;

/**
 * One instruction.
 *
 * @param text     as it is written, in one line
 * @param parts    of its name, which dots separate
 * @param guard    the predicate that says which lanes carry it out, or null
 * @param negated  whether those do for which it does not hold
 * @param operands in order
 */
record PtxInstruction(
        String text, List<String> parts, PtxOperand.Slot guard, boolean negated, List<PtxOperand> operands) {
    PtxInstruction {
        parts = List.copyOf(parts);
        operands = List.copyOf(operands);
    }

    String name() {
        return parts.getFirst();
    }

    /** {@return the type that its name ends in} */
    PtxType type() {
        return PtxType.of(parts.getLast());
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    int slot(int operand) {
        return operands.get(operand) instanceof PtxOperand.Slot(int index)
                ? index
                : refuse("operand " + operand + " is no register");
    }

    /** {@return the registers of an operand, which may be one} */
    int[] slots(int operand) {
        return switch (operands.get(operand)) {
            case PtxOperand.Slot(int index) -> new int[] {index};
            case PtxOperand.Vector(List<PtxOperand.Slot> slots) ->
                slots.stream().mapToInt(PtxOperand.Slot::index).toArray();
            default -> new int[] {refuse("operand " + operand + " is no register")};
        };
    }

    PtxOperand.Address address(int operand) {
        if (operands.get(operand) instanceof PtxOperand.Address address) {
            return address;
        }
        throw new PtxFault("operand " + operand + " is no address in " + text);
    }

    int refuse(String reason) {
        throw new PtxFault(reason + " in " + text);
    }

    PtxFault unknown() {
        return new PtxFault("the virtual card does not know " + text);
    }
}
