package dev.sirocco.model.loading;

import dev.sirocco.tasks.attention.AttentionWindows;
import java.util.List;
import java.util.Optional;

/**
 * Sliding windows of models that were trained with one although their files do not say so: converters write no key
 * for it. They are recognised by their numbers.
 */
enum KnownWindows {
    /** Its successors with the same numbers have no window; they differ in theta. */
    MISTRAL_7B_V0_1(4096, 32, 14336, 32000, 1e4, List.of(4096)),
    /** One layer in four sees everything. */
    MINISTRAL_8B_2410(4096, 36, 12288, 131072, 1e8, List.of(0, 32768, 32768, 32768));

    private static final int HEADS = 32;
    private static final int KV_HEADS = 8;

    private final int dim;
    private final int layers;
    private final int ffnDim;
    private final int vocab;
    private final double theta;
    private final AttentionWindows windows;

    KnownWindows(int dim, int layers, int ffnDim, int vocab, double theta, List<Integer> windows) {
        this.dim = dim;
        this.layers = layers;
        this.ffnDim = ffnDim;
        this.vocab = vocab;
        this.theta = theta;
        this.windows = new AttentionWindows(windows);
    }

    /** {@return the windows of the model with these numbers} */
    static Optional<AttentionWindows> of(
            int dim, int layers, int heads, int kvHeads, int ffnDim, int vocab, double theta) {
        for (KnownWindows known : values()) {
            if (heads == HEADS
                    && kvHeads == KV_HEADS
                    && dim == known.dim
                    && layers == known.layers
                    && ffnDim == known.ffnDim
                    && vocab == known.vocab
                    && theta == known.theta) {
                return Optional.of(known.windows);
            }
        }
        return Optional.empty();
    }
}
