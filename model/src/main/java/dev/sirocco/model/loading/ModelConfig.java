package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.graph.Experts;
import dev.sirocco.tasks.graph.TransformerShape;
import dev.sirocco.tasks.rope.Rotary;
import java.util.Optional;

/**
 * The numbers of a model as its file gives them, checked against each other.
 *
 * @param architecture  {@code general.architecture}
 * @param name          {@code general.name}, or the file's name
 * @param dim           elements of the hidden state
 * @param layers        transformer blocks
 * @param heads         query heads
 * @param kvHeads       key and value heads; divides heads
 * @param headDim       elements of a head, even; heads × headDim need not be dim
 * @param ffnDim        elements of the feed-forward network's inner state
 * @param vocab         tokens
 * @param windows       positions that queries see
 * @param windowSource  who said so
 * @param rotary        how queries and keys know their positions
 * @param experts       feed-forward networks of a block
 * @param normEps       added to the mean square in RMSNorm
 * @param contextLength positions that the model was trained for
 * @param tiedOutput    whether the embedding serves as output matrix
 */
public record ModelConfig(
        String architecture,
        String name,
        int dim,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int ffnDim,
        int vocab,
        AttentionWindows windows,
        WindowSource windowSource,
        Rotary rotary,
        Experts experts,
        float normEps,
        int contextLength,
        boolean tiedOutput) {

    /** Who decided on the sliding window. */
    public enum WindowSource {
        /** The user. */
        OPTION,
        /** The file's {@code attention.sliding_window}. */
        FILE,
        /** The numbers are those of a model that is known to have one, though its files do not say so. */
        KNOWN_MODEL,
        /** Nobody: every position sees all before it. */
        NONE
    }

    /**
     * Reads a file's configuration.
     *
     * @param file   an open model file
     * @param windows the sliding windows to use instead of the file's; empty to take the file's
     * @throws GgufException when the file is no model of a supported architecture, or its numbers do not fit each other
     */
    public static ModelConfig read(ModelSource file, Optional<AttentionWindows> windows) {
        return new ConfigReader(file).read(windows);
    }

    /**
     * {@return the shape of the task graphs for a session}
     *
     * @param context the most positions that the session may use
     * @param chunk   the most tokens processed at once
     * @param cache   how keys and values are stored
     * @throws IllegalArgumentException when they do not fit the model
     */
    public TransformerShape shape(int context, int chunk, CacheFormat cache) {
        return new TransformerShape(
                dim, layers, heads, kvHeads, headDim, ffnDim, vocab, windows, rotary, experts, cache, normEps, context,
                chunk);
    }
}
