package dev.sirocco.model.session;

/** Is given logits as they are computed. */
@FunctionalInterface
public interface LogitsListener {
    /** Ignores them. */
    LogitsListener NONE = (_, _) -> {};

    /**
     * @param index  of the token that they follow, from 0
     * @param logits (vocab); overwritten after the call
     */
    void logits(int index, float[] logits);
}
