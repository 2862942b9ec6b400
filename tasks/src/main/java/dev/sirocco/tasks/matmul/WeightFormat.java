package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.blocks.BlockFormat;
import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * How the elements of a weight matrix are stored, as GGUF defines it. All are little-endian. The layouts of the block
 * formats are in {@link dev.sirocco.tasks.blocks}.
 */
public enum WeightFormat {
    /** IEEE binary32. */
    F32(0, 1, 4, FloatArray.class),
    /** IEEE binary16. */
    F16(1, 1, 2, HalfFloatArray.class),
    /** The upper half of an IEEE binary32. */
    BF16(30, 1, 2, ShortArray.class),
    /** Eight bits. */
    Q8_0(BlockFormat.Q8_0),
    /** Four bits around a zero. */
    Q4_0(BlockFormat.Q4_0),
    /** Four bits from a minimum. */
    Q4_1(BlockFormat.Q4_1),
    /** Five bits around a zero. */
    Q5_0(BlockFormat.Q5_0),
    /** Five bits from a minimum. */
    Q5_1(BlockFormat.Q5_1),
    /** Two bits, groups of 16 with scale and minimum. */
    Q2_K(BlockFormat.Q2_K),
    /** Three bits, groups of 16 with a scale. */
    Q3_K(BlockFormat.Q3_K),
    /** Four bits, groups of 32 with scale and minimum. */
    Q4_K(BlockFormat.Q4_K),
    /** Five bits, groups of 32 with scale and minimum. */
    Q5_K(BlockFormat.Q5_K),
    /** Six bits, groups of 16 with a scale. */
    Q6_K(BlockFormat.Q6_K),
    /** Four bits that number levels at unequal distances. */
    IQ4_NL(BlockFormat.IQ4_NL),
    /** As IQ4_NL, groups of 32 with a scale. */
    IQ4_XS(BlockFormat.IQ4_XS);

    private final int code;
    private final int blockSize;
    private final int blockBytes;
    private final Class<? extends TornadoNativeArray> arrayType;

    WeightFormat(int code, int blockSize, int blockBytes, Class<? extends TornadoNativeArray> arrayType) {
        this.code = code;
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
        this.arrayType = arrayType;
    }

    WeightFormat(int code) {
        this(code, BlockFormat.weights(code), BlockFormat.bytes(code), ByteArray.class);
    }

    /** {@return the number by which files and kernels know the format} */
    public int code() {
        return code;
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

    /** {@return whether products with it take activations rounded to int8} */
    public boolean quantizesActivations() {
        return blockSize > 1;
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

    /**
     * {@return an array over memory that begins with an array's header, see TornadoNativeArray; nothing is copied}
     *
     * @param segment header and elements
     */
    public TornadoNativeArray wrap(MemorySegment segment) {
        if (arrayType == FloatArray.class) {
            return FloatArray.fromSegmentShallow(segment);
        }
        if (arrayType == HalfFloatArray.class) {
            return HalfFloatArray.fromSegmentShallow(segment);
        }
        return arrayType == ShortArray.class
                ? ShortArray.fromSegmentShallow(segment)
                : ByteArray.fromSegmentShallow(segment);
    }

    /**
     * {@return a new array for so many bytes}
     *
     * @param sizeBytes a multiple of the array's element
     */
    public TornadoNativeArray allocate(long sizeBytes) {
        if (arrayType == FloatArray.class) {
            return new FloatArray(Math.toIntExact(sizeBytes / Float.BYTES));
        }
        if (arrayType == HalfFloatArray.class) {
            return new HalfFloatArray(Math.toIntExact(sizeBytes / Short.BYTES));
        }
        return arrayType == ShortArray.class
                ? new ShortArray(Math.toIntExact(sizeBytes / Short.BYTES))
                : new ByteArray(Math.toIntExact(sizeBytes));
    }
}
