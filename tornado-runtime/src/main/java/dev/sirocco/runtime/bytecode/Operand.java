package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Value;

/** What may lie on the operand stack or in a local variable during interpretation. */
sealed interface Operand {
    /** A value of the IR. */
    record Of(Value value) implements Operand {}

    /** The three-way comparison of two floats or longs, which the next branch turns into a condition. */
    record Comparison(Value left, Value right, boolean nanIsGreater) implements Operand {}

    /** A HalfFloat between {@code new} and its constructor. {@code site} tells apart the ones under construction. */
    record NewHalfFloat(int site) implements Operand {}
}
