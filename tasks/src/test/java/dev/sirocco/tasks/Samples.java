package dev.sirocco.tasks;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Seeded inputs and the comparison of results. */
public final class Samples {
    /** What unwritten elements are filled with, so that reading one is seen. */
    public static final float POISON = 1e20f;

    /** Unit roundoff of fp32. */
    public static final double FLOAT_ROUNDING = 0x1p-24;

    private Samples() {}

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** {@return normally distributed numbers} */
    public static FloatArray gaussian(int size, long seed) {
        RandomGenerator random = random(seed);
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (float) random.nextGaussian());
        }
        return array;
    }

    public static FloatArray poisoned(int size) {
        FloatArray array = new FloatArray(size);
        array.init(POISON);
        return array;
    }

    /** {@return the state of a step} */
    public static IntArray step(int position, int rows, int firstRow) {
        IntArray step = new IntArray(StepState.SIZE);
        step.init(0);
        step.set(StepState.POSITION, position);
        step.set(StepState.ROWS, rows);
        step.set(StepState.FIRST_ROW, firstRow);
        return step;
    }

    public static double[] doubles(FloatArray array) {
        double[] copy = new double[array.getSize()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = array.get(i);
        }
        return copy;
    }

    /**
     * {@return how far an fp32 sum of {@code terms} products may be from the exact one} Rounding errors behave like a
     * random walk: they grow with the root of the number of roundings, whatever the order of summation; 4 standard
     * deviations.
     *
     * @param terms     in the sum
     * @param magnitude the sum of the terms' absolute values
     */
    public static double sumTolerance(int terms, double magnitude) {
        return 4 * Math.sqrt(terms + 2) * FLOAT_ROUNDING * magnitude;
    }

    public static void assertNear(double expected, double actual, double tolerance, String what) {
        if (!(Math.abs(expected - actual) <= tolerance)) {
            fail(what + ": expected " + expected + " but was " + actual + ", which differs by "
                    + Math.abs(expected - actual) + " and not by at most " + tolerance);
        }
    }
}
