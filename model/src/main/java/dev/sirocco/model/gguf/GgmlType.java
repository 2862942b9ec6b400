package dev.sirocco.model.gguf;

import java.util.List;
import java.util.Optional;

/**
 * The element types of tensors. All that ggml has given a number to are listed, so that a file can be inspected and a
 * type refused by its name; which of them can be computed with is the kernels' matter. Source: {@code enum ggml_type}
 * and the block structures of {@code ggml-common.h}.
 */
public enum GgmlType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2),
    // Interleaved for one processor each; files made with them exist, though ggml has withdrawn them.
    Q4_0_4_4(31, 32, 18),
    Q4_0_4_8(32, 32, 18),
    Q4_0_8_8(33, 32, 18),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    IQ4_NL_4_4(36, 32, 18),
    IQ4_NL_4_8(37, 32, 18),
    IQ4_NL_8_8(38, 32, 18),
    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),
    Q1_0(41, 128, 18),
    Q2_0(42, 64, 18);

    /** A tensor has at most this many dimensions. */
    public static final int MAX_DIMS = 4;

    private final int id;
    private final int blockSize;
    private final int blockBytes;

    GgmlType(int id, int blockSize, int blockBytes) {
        this.id = id;
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
    }

    /** {@return the type of this number in a file, empty when no type has it} */
    public static Optional<GgmlType> ofId(long id) {
        for (GgmlType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** {@return the type's number in a file} */
    public int id() {
        return id;
    }

    /** {@return weights in one block; 1 for plain types} */
    public int blockSize() {
        return blockSize;
    }

    /** {@return bytes of one block} */
    public int blockBytes() {
        return blockBytes;
    }

    /** {@return whether several weights share a block} */
    public boolean isQuantized() {
        return blockSize > 1;
    }

    /**
     * {@return the bytes of a tensor of this type}
     *
     * @param dims extents, the contiguous one first
     * @throws IllegalArgumentException when no tensor has this shape, saying why
     */
    public long sizeBytes(List<Long> dims) {
        if (dims.isEmpty() || dims.size() > MAX_DIMS) {
            throw new IllegalArgumentException(
                    "has " + dims.size() + " dimensions; 1 to " + MAX_DIMS + " are possible");
        }
        for (long dim : dims) {
            if (dim <= 0) {
                throw new IllegalArgumentException("has a dimension of " + Long.toUnsignedString(dim) + " in "
                        + dims.stream().map(Long::toUnsignedString).toList() + "; each must be from 1 to 2^63-1");
            }
        }
        if (dims.getFirst() % blockSize != 0) {
            throw new IllegalArgumentException(
                    "has rows of " + dims.getFirst() + " weights; " + this + " needs a multiple of " + blockSize);
        }
        try {
            long bytes = Math.multiplyExact(dims.getFirst() / blockSize, (long) blockBytes);
            for (long dim : dims.subList(1, dims.size())) {
                bytes = Math.multiplyExact(bytes, dim);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("has dimensions " + dims + ", more than 2^63 bytes", e);
        }
    }
}
