package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a vocabulary, checked: each has a spelling, a score by which it is merged, and a type. */
final class Vocabulary {
    static final String PREFIX = "tokenizer.ggml.";

    private final List<String> pieces;
    private final float[] scores;
    private final TokenType[] types;
    private final Map<String, Integer> idsOfControl = new HashMap<>();
    private final int bosId;
    private final int eosId;
    private final int unknownId;
    private final boolean addsBos;

    /**
     * @param pieces   spellings, in the alphabet in which text is cut up
     * @param scores   of two merges the one with the higher score comes first
     * @param types    as many as pieces
     * @param metadata has the ids of the tokens that begin and end a sequence
     */
    Vocabulary(List<String> pieces, float[] scores, TokenType[] types, GgufMetadata metadata) {
        if (pieces.isEmpty() || scores.length != pieces.size() || types.length != pieces.size()) {
            throw metadata.problem("the vocabulary has " + pieces.size() + " tokens, " + scores.length + " scores and "
                    + types.length + " token types; their numbers must be equal and not zero");
        }
        this.pieces = pieces;
        this.scores = scores;
        this.types = types;
        bosId = id(metadata, "bos_token_id", 1);
        eosId = id(metadata, "eos_token_id", 2);
        unknownId = id(metadata, "unknown_token_id", 0);
        addsBos = metadata.getBool(PREFIX + "add_bos_token", true);
        for (int id = 0; id < types.length; id++) {
            if (types[id] == TokenType.CONTROL) {
                idsOfControl.putIfAbsent(pieces.get(id), id);
            }
        }
    }

    /** {@return the types in {@code token_type}; a control token of Mistral's is one whatever the file says} */
    static TokenType[] types(GgufMetadata metadata, List<String> pieces) {
        int[] numbers = metadata.getInts(PREFIX + "token_type");
        TokenType[] types = new TokenType[numbers.length];
        for (int id = 0; id < types.length; id++) {
            if (numbers[id] < 1 || numbers[id] > TokenType.values().length) {
                throw metadata.problem(PREFIX + "token_type is " + numbers[id] + " for token " + id + "; 1 to "
                        + TokenType.values().length + " are known");
            }
            types[id] = TokenType.values()[numbers[id] - 1];
            if (types[id] == TokenType.USER_DEFINED && id < pieces.size() && ControlToken.isSpelt(pieces.get(id))) {
                types[id] = TokenType.CONTROL;
            }
        }
        return types;
    }

    private int id(GgufMetadata metadata, String key, int fallback) {
        int id = metadata.getInt(PREFIX + key, fallback);
        if (id < 0 || id >= pieces.size()) {
            throw metadata.problem(PREFIX + key + " is " + id + "; the vocabulary has " + pieces.size() + " tokens");
        }
        return id;
    }

    int size() {
        return pieces.size();
    }

    /** {@return {@code id}, when it is in the vocabulary} */
    int check(int id) {
        if (id < 0 || id >= pieces.size()) {
            throw new IllegalArgumentException(
                    "token id " + id + " is not in the vocabulary, which has ids 0 to " + (pieces.size() - 1));
        }
        return id;
    }

    String piece(int id) {
        return pieces.get(id);
    }

    float score(int id) {
        return scores[id];
    }

    TokenType type(int id) {
        return types[id];
    }

    /** {@return the control token that is spelt like this, -1 when there is none} */
    int idOfControl(String piece) {
        return idsOfControl.getOrDefault(piece, -1);
    }

    int bosId() {
        return bosId;
    }

    int eosId() {
        return eosId;
    }

    int unknownId() {
        return unknownId;
    }

    boolean addsBos() {
        return addsBos;
    }
}
