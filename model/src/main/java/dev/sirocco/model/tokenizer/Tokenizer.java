package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;
import java.util.OptionalInt;

/** A model's vocabulary and the rules by which text is cut into it. Ids count from 0 to {@code vocabSize() - 1}. */
public interface Tokenizer {
    /**
     * Makes the tokenizer that a model file describes.
     *
     * @throws GgufException when the file's tokenizer is of an unknown kind, or its vocabulary is not sound
     */
    static Tokenizer of(GgufMetadata metadata) {
        String model = metadata.getString(Vocabulary.PREFIX + "model");
        if (model.equals("llama")) {
            return new SentencePieceTokenizer(metadata);
        }
        String kind = metadata.getString(Vocabulary.PREFIX + "pre", "");
        if (model.equals("gpt2") && kind.equals("tekken")) {
            return new TekkenTokenizer(metadata);
        }
        throw metadata.problem("the tokenizer '" + model + "' (tokenizer.ggml.model)"
                + (kind.isEmpty() ? "" : " of the kind '" + kind + "' (tokenizer.ggml.pre)")
                + " is not supported; use a model with a SentencePiece vocabulary ('llama'), such as Mistral 7B, or a"
                + " Tekken one ('gpt2' and 'tekken'), such as Mistral Nemo");
    }

    int vocabSize();

    /** {@return the id that begins a sequence} */
    int bosId();

    /** {@return the id with which a model ends its answer} */
    int eosId();

    /** {@return whether the model was trained on sequences that begin with {@link #bosId}} */
    boolean addsBos();

    /**
     * Cuts a text into tokens. Unpaired surrogates count as U+FFFD, as ill-formed input does in the tokenizers
     * that this one equals.
     *
     * @param addBos whether to put {@link #bosId} in front
     * @return ids, none of them a control token but the first with {@code addBos}; none at all for an empty text
     */
    int[] encode(String text, boolean addBos);

    /**
     * Joins tokens to text. Control tokens are silent; bytes that are not UTF-8 become U+FFFD.
     *
     * @throws IllegalArgumentException when an id is not in the vocabulary
     */
    default String decode(int... ids) {
        StreamingDetokenizer detokenizer = detokenizer();
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(detokenizer.accept(id));
        }
        return text.append(detokenizer.finish()).toString();
    }

    /** {@return a decoder for one stream of tokens} */
    StreamingDetokenizer detokenizer();

    /**
     * {@return the token as the vocabulary spells it, for people to read}
     *
     * @throws IllegalArgumentException when the id is not in the vocabulary
     */
    String piece(int id);

    /**
     * {@return the bytes that the token adds to a text in its midst, in UTF-8: part of a character perhaps, and none
     * for a control token}
     *
     * @throws IllegalArgumentException when the id is not in the vocabulary
     */
    byte[] tokenBytes(int id);

    /**
     * {@return whether the token steers the model and stands for no text}
     *
     * @throws IllegalArgumentException when the id is not in the vocabulary
     */
    boolean isControl(int id);

    /** {@return the control token spelt {@code piece}, {@code [INST]} for example; empty when there is none} */
    OptionalInt controlId(String piece);
}
