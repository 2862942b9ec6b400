package dev.sirocco.runtime.ptx;

import java.util.List;

/** What an instruction works on. */
sealed interface PtxOperand {
    /** A register, one of the card's own ({@code %tid.x}) or a number, by its place in the warp's table. */
    record Slot(int index) implements PtxOperand {}

    /** Memory at a register or a variable, plus bytes. */
    record Address(Slot base, long offset) implements PtxOperand {}

    /** Several registers. */
    record Vector(List<Slot> slots) implements PtxOperand {}

    /** Where a branch goes. */
    record Label(String name) implements PtxOperand {}
}
