package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Sums of four products of neighbouring bytes, each spelled out in one expression: processors have an instruction for
 * that, and this is the form in which code generators recognise it.
 */
public final class ByteDots {
    private ByteDots() {}

    /** {@return weights i … i + 3 as signed bytes, times x from j on} */
    public static int signed(ByteArray weights, int i, Int8Array x, int j) {
        return weights.get(i) * x.get(j)
                + weights.get(i + 1) * x.get(j + 1)
                + weights.get(i + 2) * x.get(j + 2)
                + weights.get(i + 3) * x.get(j + 3);
    }

    /** {@return bytes i … i + 3 of one local array times those of another from j on} */
    public static int signed(byte[] weights, int i, byte[] x, int j) {
        return weights[i] * x[j] + weights[i + 1] * x[j + 1] + weights[i + 2] * x[j + 2] + weights[i + 3] * x[j + 3];
    }

    /** {@return the low nibbles (0 to 15) of weights i … i + 3, times x from j on} */
    public static int lowNibbles(ByteArray weights, int i, Int8Array x, int j) {
        return (weights.get(i) & 0xF) * x.get(j)
                + (weights.get(i + 1) & 0xF) * x.get(j + 1)
                + (weights.get(i + 2) & 0xF) * x.get(j + 2)
                + (weights.get(i + 3) & 0xF) * x.get(j + 3);
    }

    /** {@return the high nibbles (0 to 15) of weights i … i + 3, times x from j on} */
    public static int highNibbles(ByteArray weights, int i, Int8Array x, int j) {
        return ((weights.get(i) >> 4) & 0xF) * x.get(j)
                + ((weights.get(i + 1) >> 4) & 0xF) * x.get(j + 1)
                + ((weights.get(i + 2) >> 4) & 0xF) * x.get(j + 2)
                + ((weights.get(i + 3) >> 4) & 0xF) * x.get(j + 3);
    }
}
