package dev.sirocco.tasks.attention;

/** How the elements of a KV cache are stored. */
public enum CacheFormat {
    /** IEEE binary32: as they are computed. */
    F32(CacheRows.F32, 1, 4),
    /** IEEE binary16, rounded to nearest. */
    F16(CacheRows.F16, 1, 2),
    /** Blocks of 32 as in {@link dev.sirocco.tasks.blocks}: a binary16 scale and 32 signed bytes. */
    Q8_0(CacheRows.Q8_0, 32, 34);

    private final int code;
    private final int blockSize;
    private final int blockBytes;

    CacheFormat(int code, int blockSize, int blockBytes) {
        this.code = code;
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
    }

    /** {@return the number by which kernels know the format} */
    public int code() {
        return code;
    }

    /**
     * {@return bytes of so many heads}
     *
     * @throws IllegalArgumentException when a head is not a whole number of blocks
     */
    public long sizeBytes(long heads, int headDim) {
        if (headDim % blockSize != 0) {
            throw new IllegalArgumentException("a KV cache of type " + this + " stores blocks of " + blockSize
                    + " elements; a head of " + headDim + " is not a whole number of them: choose F16 or F32");
        }
        return heads * (headDim / blockSize) * blockBytes;
    }
}
