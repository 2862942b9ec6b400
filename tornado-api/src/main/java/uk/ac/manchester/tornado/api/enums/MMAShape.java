package uk.ac.manchester.tornado.api.enums;

/**
 * Rows, columns and depth of a product that a warp computes in one step: (M, K) times (K, N). What the elements are is
 * said by the method of {@link uk.ac.manchester.tornado.api.KernelContext} that takes the shape.
 */
public enum MMAShape {
    /** 16 × 16 times 16 × 8, of halves. */
    M16N8K16("m16n8k16"),
    /** 16 × 32 times 32 × 8, of bytes. */
    M16N8K32("m16n8k32");

    private final String ptxName;

    MMAShape(String ptxName) {
        this.ptxName = ptxName;
    }

    /** {@return the shape as PTX spells it} */
    public String getPtxName() {
        return ptxName;
    }
}
