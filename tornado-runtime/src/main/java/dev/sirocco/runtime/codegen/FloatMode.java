package dev.sirocco.runtime.codegen;

/** How freely floating-point arithmetic may be rewritten. */
public enum FloatMode {
    /** Bit for bit what Java computes with +, −, ×, ÷ and sqrt: no fused operations, no reordered sums. */
    STRICT(""),
    /**
     * Sums may be reordered and products fused, a division by a constant may become a product, and the sign of a zero
     * may get lost. NaN and infinity keep their meaning.
     */
    RELAXED("reassoc nsz arcp contract ");

    private final String flags;

    FloatMode(String flags) {
        this.flags = flags;
    }

    /** {@return LLVM's fast-math flags, with a space after them} */
    String flags() {
        return flags;
    }

    /** {@return the flags that comparisons, minima and maxima take, with a space after them} */
    String orderFlags() {
        return this == STRICT ? "" : "nsz ";
    }
}
