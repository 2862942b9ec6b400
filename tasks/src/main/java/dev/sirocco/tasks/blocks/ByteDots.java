package dev.sirocco.tasks.blocks;

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

    /**
     * {@return the sums of what {@link #bits} returns for four bits, with a fifth bit above each}
     *
     * @param shift a literal, 0 or 4
     * @param upper has the fifth bits, bit {@code from} for byte i
     * @param from  a multiple of four, written as one
     */
    static int fiveBits(ByteArray weights, int i, int shift, int upper, int from, Int8Array x, int j) {
        return (((weights.get(i) >> shift) & 0xF) | (((upper >> from) & 1) << 4)) * x.get(j)
                + (((weights.get(i + 1) >> shift) & 0xF) | (((upper >> (from + 1)) & 1) << 4)) * x.get(j + 1)
                + (((weights.get(i + 2) >> shift) & 0xF) | (((upper >> (from + 2)) & 1) << 4)) * x.get(j + 2)
                + (((weights.get(i + 3) >> shift) & 0xF) | (((upper >> (from + 3)) & 1) << 4)) * x.get(j + 3);
    }

    /** {@return what {@link #bits} returns, of eight bytes} */
    static int eightBits(ByteArray weights, int i, int shift, int mask, Int8Array x, int j) {
        return bits(weights, i, shift, mask, x, j) + bits(weights, i + 4, shift, mask, x, j + 4);
    }

    /**
     * {@return the bits {@code (b >> shift) & mask} of the weights' bytes i … i + 3, times x from j on}
     *
     * @param shift a literal, 0 to 7, or {@code n & literal}
     * @param mask  a literal, of bits that are in the byte: at most {@code 0xFF >> shift} for every shift that can be
     */
    public static int bits(ByteArray weights, int i, int shift, int mask, Int8Array x, int j) {
        return ((weights.get(i) >> shift) & mask) * x.get(j)
                + ((weights.get(i + 1) >> shift) & mask) * x.get(j + 1)
                + ((weights.get(i + 2) >> shift) & mask) * x.get(j + 2)
                + ((weights.get(i + 3) >> shift) & mask) * x.get(j + 3);
    }
}
