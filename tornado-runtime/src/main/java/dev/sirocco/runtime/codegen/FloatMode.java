package dev.sirocco.runtime.codegen;

import java.util.Locale;

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

    /**
     * {@return the mode that the system property {@code sirocco.floats} names; relaxed unless it is set}
     *
     * @throws IllegalArgumentException if it names none
     */
    public static FloatMode configured() {
        String property = System.getProperty("sirocco.floats", "relaxed");
        try {
            return valueOf(property.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("-Dsirocco.floats must be strict or relaxed, not " + property);
        }
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
