package dev.sirocco.benchmarks.random;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The size of a model of the Mistral architecture.
 *
 * @param dim       width of the residual stream
 * @param layers    transformer blocks
 * @param ffn       inner width of the feed-forward network
 * @param heads     query heads
 * @param kvHeads   key and value heads, a divisor of {@code heads}
 * @param headDim   width of a head, even; {@code heads * headDim} need not be {@code dim}
 * @param vocab     tokens, at least {@link SyntheticVocabulary#SMALLEST}
 * @param context   positions that the file claims to be made for
 * @param ropeTheta base of the rotary embedding's frequencies
 * @param window    sliding window in positions, or 0 for none
 * @param member    what sets it apart from the other members of the family
 */
public record ModelShape(
        int dim,
        int layers,
        int ffn,
        int heads,
        int kvHeads,
        int headDim,
        int vocab,
        int context,
        float ropeTheta,
        int window,
        Member member) {

    /** What only some members of the family have. */
    public enum Member {
        /** Nothing. */
        PLAIN,
        /** Eight feed-forward networks a layer, of which each token uses two, as in Mixtral. */
        MIXTURE,
        /** The window in three layers of four, as in Ministral-8B. */
        INTERLEAVED,
        /** Architecture mistral3: YaRN and attention temperature, as in Ministral 3. */
        MISTRAL3
    }

    /** Experts of a layer of {@link Member#MIXTURE}. */
    static final int EXPERTS = 8;

    private static final int HEAD_DIM = 128;

    public ModelShape {
        requirePositive("dim", dim);
        requirePositive("layers", layers);
        requirePositive("ffn", ffn);
        requirePositive("heads", heads);
        requirePositive("kv-heads", kvHeads);
        requirePositive("head-dim", headDim);
        requirePositive("ctx", context);
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " heads cannot share " + kvHeads + " kv-heads: give a divisor of the heads");
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("head-dim " + headDim + " is odd: rotary embedding turns pairs");
        }
        if (vocab < SyntheticVocabulary.SMALLEST) {
            throw new IllegalArgumentException("a vocabulary of " + vocab + " is too small: control tokens, bytes and "
                    + "letters need " + SyntheticVocabulary.SMALLEST);
        }
        if (window < 0 || !(ropeTheta > 1)) {
            throw new IllegalArgumentException("window " + window + " or theta " + ropeTheta + " is out of range");
        }
    }

    /** A shape with nothing special. */
    public ModelShape(
            int dim,
            int layers,
            int ffn,
            int heads,
            int kvHeads,
            int headDim,
            int vocab,
            int context,
            float ropeTheta,
            int window) {
        this(dim, layers, ffn, heads, kvHeads, headDim, vocab, context, ropeTheta, window, Member.PLAIN);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be positive");
        }
    }

    /** {@return the shapes that have a name, smallest first} */
    public static Map<String, ModelShape> presets() {
        Map<String, ModelShape> presets = new LinkedHashMap<>();
        presets.put("tiny", new ModelShape(64, 2, 160, 4, 2, 16, 512, 256, 1e4f, 0));
        // Heads narrower than the residual stream, one kv head, three layers, a window: whatever is easily assumed.
        presets.put("odd", new ModelShape(96, 3, 224, 3, 1, 64, 347, 512, 1e4f, 5));
        presets.put("small", new ModelShape(512, 8, 1408, 8, 4, 64, 4096, 2048, 1e4f, 0));
        // Small ones whose rows are whole blocks of 256: heads together wider than the residual stream, as in Nemo; …
        presets.put("nemo", new ModelShape(512, 4, 1024, 8, 2, HEAD_DIM, 4096, 2048, 1e6f, 0));
        presets.put("mixtral", new ModelShape(512, 4, 768, 8, 2, 64, 4096, 2048, 1e6f, 0, Member.MIXTURE));
        presets.put("ministral", new ModelShape(512, 8, 1024, 8, 2, 64, 4096, 2048, 1e8f, 32, Member.INTERLEAVED));
        presets.put("mistral3", new ModelShape(512, 4, 1024, 8, 2, 64, 4096, 2048, 1e6f, 0, Member.MISTRAL3));
        presets.put("1b", new ModelShape(2048, 16, 5632, 16, 4, HEAD_DIM, 32000, 32768, 1e6f, 0));
        presets.put("7b", new ModelShape(4096, 32, 14336, 32, 8, HEAD_DIM, 32000, 32768, 1e6f, 0));
        return presets;
    }
}
