package dev.sirocco.runtime.ir;

/**
 * One operation in a block.
 *
 * @param result the value defined, or null for stores, barriers and the like
 * @param op     what it does
 * @param line   the Java source line, or 0
 */
public record Instruction(Value result, Op op, int line) {}
