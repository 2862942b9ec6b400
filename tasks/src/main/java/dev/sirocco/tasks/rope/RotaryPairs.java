package dev.sirocco.tasks.rope;

/** Which elements of a head are rotated together. A model's query and key weights have their rows in this order. */
public enum RotaryPairs {
    /** (2i, 2i + 1): Mistral's own checkpoints and GGUF files. */
    ADJACENT,
    /** (i, i + headDim / 2): checkpoints in the layout of Hugging Face's transformers. */
    HALVES;

    /**
     * {@return how far apart the elements of a pair are}
     *
     * @param headDim elements of a head, even
     */
    public int distance(int headDim) {
        return switch (this) {
            case ADJACENT -> 1;
            case HALVES -> headDim / 2;
        };
    }
}
