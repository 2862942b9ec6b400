package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.matmul.ActivationPanels;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.util.Objects;

/**
 * The numbers that make a model of the family what it is, and those that a session chooses: type of the cache, context
 * and chunk.
 *
 * @param dim     elements of the hidden state
 * @param layers  transformer blocks
 * @param heads   query heads
 * @param kvHeads key and value heads; divides heads
 * @param headDim elements of a head, even; heads × headDim need not be dim
 * @param ffnDim  elements of the feed-forward network's inner state
 * @param vocab   tokens
 * @param windows positions that queries see
 * @param rotary  how queries and keys know their positions
 * @param experts feed-forward networks of a block
 * @param cache   how keys and values are stored
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
        AttentionWindows windows,
        Rotary rotary,
        Experts experts,
        CacheFormat cache,
        float normEps,
        int context,
        int chunk) {
    public TransformerShape {
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(rotary, "rotary");
        Objects.requireNonNull(experts, "experts");
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
        if (!(normEps > 0)) {
            throw new IllegalArgumentException("normEps " + normEps + " must be positive");
        }
        cache.sizeBytes(1, headDim); // refuses heads that do not fit its blocks
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

    /** A model with one window, plain rotation and no experts, and a cache of fp32. */
    public TransformerShape(
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
        this(
                dim,
                layers,
                heads,
                kvHeads,
                headDim,
                ffnDim,
                vocab,
                AttentionWindows.of(window),
                Rotary.of(theta, pairs),
                Experts.NONE,
                CacheFormat.F32,
                normEps,
                context,
                chunk);
    }

    /** {@return this shape with a cache of another type} */
    public TransformerShape withCache(CacheFormat other) {
        return new TransformerShape(
                dim, layers, heads, kvHeads, headDim, ffnDim, vocab, windows, rotary, experts, other, normEps, context,
                chunk);
    }

    /** {@return this shape with other windows, rotation and experts} */
    public TransformerShape with(AttentionWindows otherWindows, Rotary otherRotary, Experts otherExperts) {
        return new TransformerShape(
                dim,
                layers,
                heads,
                kvHeads,
                headDim,
                ffnDim,
                vocab,
                otherWindows,
                otherRotary,
                otherExperts,
                cache,
                normEps,
                context,
                chunk);
    }

    /** {@return elements of all query heads of a token} */
    public int queryDim() {
        return heads * headDim;
    }

    /** {@return elements of all key heads of a token} */
    public int kvDim() {
        return kvHeads * headDim;
    }

    /** {@return how a layer's cache maps positions to slots} */
    public RollingBuffer rollingBuffer(int layer) {
        return RollingBuffer.of(windows.inLayer(layer), chunk, context);
    }

    /** {@return bytes of the caches of all layers} */
    public long cacheBytes() {
        long bytes = 0;
        for (int layer = 0; layer < layers; layer++) {
            bytes += 2 * cache.sizeBytes((long) kvHeads * rollingBuffer(layer).capacity(), headDim);
        }
        return bytes;
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
        }
    }
}
