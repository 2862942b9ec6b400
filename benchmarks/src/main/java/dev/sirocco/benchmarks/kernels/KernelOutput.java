package dev.sirocco.benchmarks.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * An array that a kernel writes.
 *
 * @param array       a {@code FloatArray} or an {@code Int8Array}
 * @param rowElements elements that belong to one row (token) of a step; 0 when the kernel leaves all elements defined
 * @param rounded     whether values are rounded to 127 steps of the largest, so that one may come out a step off
 */
record KernelOutput(TornadoNativeArray array, int rowElements, boolean rounded) {
    private static final int STEPS = 127;

    KernelOutput(TornadoNativeArray array, int rowElements) {
        this(array, rowElements, array instanceof Int8Array);
    }

    /** {@return the defined elements after a step with so many rows, as numbers} */
    double[] values(int rows) {
        double[] values = new double[rowElements == 0 ? array.getSize() : rows * rowElements];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (array) {
                case FloatArray floats -> floats.get(i);
                case Int8Array bytes -> bytes.get(i);
                default -> throw new IllegalStateException("outputs are floats or bytes, not " + array.getClass());
            };
        }
        return values;
    }

    /**
     * {@return how far values may be apart that should be equal but for rounding}
     *
     * @param largest   magnitude among the expected values
     * @param reduction length of the sums that they come from
     */
    double tolerance(double largest, int reduction) {
        // The error of a sum of n products grows as √n; 16 leaves room for the order of summation and for e^x.
        double arithmetic = 16 * Math.sqrt(reduction) * Math.ulp(1f) / 2 * largest;
        if (!rounded) {
            return arithmetic;
        }
        return (array instanceof Int8Array ? 1 : largest / STEPS) + arithmetic;
    }
}
