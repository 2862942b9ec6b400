package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * How the elements of a weight matrix are stored, as GGUF defines it (ggml-common.h of llama.cpp). All are
 * little-endian.
 */
public enum WeightFormat {
    /** IEEE binary32. */
    F32(1, 4, FloatArray.class, false),
    /** IEEE binary16. */
    F16(1, 2, HalfFloatArray.class, false),
    /** 32 weights: a binary16 scale d, then 32 int8 q; a weight is d · q. */
    Q8_0(32, 34, ByteArray.class, true),
    /** 32 weights: a binary16 scale d, then 16 bytes; low nibbles are q of 0–15, high nibbles of 16–31; d · (q − 8). */
    Q4_0(32, 18, ByteArray.class, true);

    private final int blockSize;
    private final int blockBytes;
    private final Class<? extends TornadoNativeArray> arrayType;
    private final boolean integer;

    WeightFormat(int blockSize, int blockBytes, Class<? extends TornadoNativeArray> arrayType, boolean integer) {
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
        this.arrayType = arrayType;
        this.integer = integer;
    }

    /** {@return weights in a block; a row is a whole number of blocks} */
    public int blockSize() {
        return blockSize;
    }

    /** {@return bytes of a block} */
    public int blockBytes() {
        return blockBytes;
    }

    /** {@return the type of array that holds such weights} */
    public Class<? extends TornadoNativeArray> arrayType() {
        return arrayType;
    }

    /** {@return whether products with it take activations quantised to int8} */
    public boolean quantizesActivations() {
        return integer;
    }

    /**
     * {@return bytes of a matrix}
     *
     * @throws IllegalArgumentException when a row is not a whole number of blocks
     */
    public long sizeBytes(int rows, int cols) {
        if (cols % blockSize != 0) {
            throw new IllegalArgumentException(this + " stores blocks of " + blockSize + " weights; a row of " + cols
                    + " is not a whole number of them");
        }
        return (long) rows * (cols / blockSize) * blockBytes;
    }
}
