package dev.sirocco.tasks;

/**
 * The layout of a step's {@code IntArray}: the few numbers that vary between executions of the same graph. The host
 * writes them before each step and they are transferred on every execution.
 */
public final class StepState {
    /** Position in the sequence of the chunk's first token, from 0. */
    public static final int POSITION = 0;

    /** How many rows (tokens) of the chunk are computed; 0 makes every kernel do nothing. */
    public static final int ROWS = 1;

    /** The row of the hidden state that becomes row 0 of a normalised input; 0 in layers, any row for logits. */
    public static final int FIRST_ROW = 2;

    /** Length of the array. */
    public static final int SIZE = 4;

    private StepState() {}
}
