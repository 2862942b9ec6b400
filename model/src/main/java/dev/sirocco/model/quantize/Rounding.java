package dev.sirocco.model.quantize;

/** Rounds as many numbers in a second as the processor can: no calls, no branches. */
final class Rounding {
    /** Numbers of binary32 near it are whole, so that a small number that is added loses its fraction. */
    private static final float WHOLE = 3 << 22;

    private Rounding() {}

    /**
     * {@return the whole number that is nearest, ties to even; NaN for NaN}
     *
     * @param lowest  the smallest that is allowed, above -2^22
     * @param highest the largest that is allowed, below 2^22
     */
    static float within(float lowest, float highest, float x) {
        return Math.min(Math.max(x, lowest), highest) + WHOLE - WHOLE;
    }
}
