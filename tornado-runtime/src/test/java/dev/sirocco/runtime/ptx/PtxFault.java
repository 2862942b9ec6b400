package dev.sirocco.runtime.ptx;

import java.io.Serial;

/** What a card would not do, or would do otherwise each time. */
public final class PtxFault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PtxFault(String message) {
        super(message);
    }

    /** {@return the same fault with where it happened} */
    PtxFault at(String place) {
        PtxFault placed = new PtxFault(getMessage() + ": " + place);
        placed.setStackTrace(getStackTrace());
        return placed;
    }
}
