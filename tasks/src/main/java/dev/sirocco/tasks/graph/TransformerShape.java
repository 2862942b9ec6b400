package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.matmul.ActivationPanels;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.util.Objects;

/**
 * The numbers that make a model of the family what it is, and the two that a session chooses: context and chunk.
 *
 * @param dim     elements of the hidden state
 * @param layers  transformer blocks
 * @param heads   query heads
 * @param kvHeads key and value heads; divides heads
 * @param headDim elements of a head, even; heads × headDim need not be dim
 * @param ffnDim  elements of the feed-forward network's inner state
 * @param vocab   tokens
 * @param window  positions that a query sees, itself included; 0 means all
 * @param theta   RoPE base
 * @param pairs   which elements of a head are rotated together
 * @param normEps added to the mean square in RMSNorm
 * @param context the most positions that a session may use
 * @param chunk   the most tokens that are processed at once
 */
public record TransformerShape(
        int dim,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int ffnDim,
        int vocab,
        int window,
        double theta,
        RotaryPairs pairs,
        float normEps,
        int context,
        int chunk) {
    public TransformerShape {
        Objects.requireNonNull(pairs, "pairs");
        positive("dim", dim);
        positive("layers", layers);
        positive("heads", heads);
        positive("kvHeads", kvHeads);
        positive("headDim", headDim);
        positive("ffnDim", ffnDim);
        positive("vocab", vocab);
        positive("context", context);
        positive("chunk", chunk);
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads cannot share " + kvHeads + " key/value heads evenly");
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("headDim " + headDim + " must be even to be rotated in pairs");
        }
        if (window < 0) {
            throw new IllegalArgumentException("window " + window + " must not be negative; 0 means no window");
        }
        if (!(theta > 0)) {
            throw new IllegalArgumentException("RoPE theta " + theta + " must be positive");
        }
        if (!(normEps > 0)) {
            throw new IllegalArgumentException("normEps " + normEps + " must be positive");
        }
        if (chunk > context) {
            throw new IllegalArgumentException("chunk " + chunk + " must not exceed the context of " + context);
        }
        long widest = Math.max(Math.max(dim, ffnDim), (long) heads * headDim);
        long panelRows = (long) ActivationPanels.LANES * ActivationPanels.count(chunk);
        if (widest * panelRows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("chunk " + chunk + " × " + widest
                    + " elements exceeds the 2^31 − 1 that an array can index: choose a smaller chunk");
        }
    }

    /** {@return elements of all query heads of a token} */
    public int queryDim() {
        return heads * headDim;
    }

    /** {@return elements of all key heads of a token} */
    public int kvDim() {
        return kvHeads * headDim;
    }

    /** {@return how each layer's cache maps positions to slots} */
    public RollingBuffer rollingBuffer() {
        return RollingBuffer.of(window, chunk, context);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
        }
    }
}
