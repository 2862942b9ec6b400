package dev.sirocco.tasks.blocks;

/**
 * The partial sums of a product, a private array of which every element is added up in the end. Innermost loops run
 * over lanes, which is what makes vector instructions of them.
 */
public final class Lanes {
    /** Lanes that products are added to: eight or sixteen of them, four for small blocks. */
    static final int PRODUCTS = 16;

    /** The first of sixteen lanes for what an offset of the weights adds. */
    static final int OFFSETS = 16;

    /** Length of the array. */
    public static final int COUNT = 32;

    private Lanes() {}

    /** Sets all lanes to 0. */
    public static void clear(float[] lanes) {
        for (int lane = 0; lane < COUNT; lane++) {
            lanes[lane] = 0f;
        }
    }

    /** {@return the sum of all lanes} */
    public static float sum(float[] lanes) {
        float sum = 0f;
        for (int lane = 0; lane < PRODUCTS; lane++) {
            sum += lanes[lane] + lanes[OFFSETS + lane];
        }
        return sum;
    }
}
