package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a SentencePiece vocabulary, checked: each has a spelling, a score and a type. */
final class Vocabulary {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int BYTES = 256;

    private final List<String> pieces;
    private final float[] scores;
    private final TokenType[] types;
    private final Map<String, Integer> idsOfControl = new HashMap<>();
    /** The id that stands for each byte, or null when characters outside the vocabulary become {@link #unknownId}. */
    private final int[] idsOfBytes;

    private final int bosId;
    private final int eosId;
    private final int unknownId;
    private final boolean addsBos;
    private final boolean addsSpacePrefix;

    Vocabulary(GgufMetadata metadata) {
        pieces = metadata.getStrings(PREFIX + "tokens");
        scores = metadata.getFloats(PREFIX + "scores");
        types = types(metadata);
        if (pieces.isEmpty() || scores.length != pieces.size() || types.length != pieces.size()) {
            throw metadata.problem("the vocabulary has " + pieces.size() + " tokens, " + scores.length + " scores and "
                    + types.length + " token types; their numbers must be equal and not zero");
        }
        for (int id = 0; id < scores.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw metadata.problem(
                        PREFIX + "scores has no number for token " + id + " (NaN); convert the model again");
            }
        }
        refuseNormalization(metadata);
        bosId = id(metadata, "bos_token_id", 1);
        eosId = id(metadata, "eos_token_id", 2);
        unknownId = id(metadata, "unknown_token_id", 0);
        addsBos = metadata.getBool(PREFIX + "add_bos_token", true);
        addsSpacePrefix = metadata.getBool(PREFIX + "add_space_prefix", true);
        for (int id = 0; id < types.length; id++) {
            if (types[id] == TokenType.CONTROL) {
                idsOfControl.putIfAbsent(pieces.get(id), id);
            }
        }
        idsOfBytes = idsOfBytes(metadata);
    }

    private static TokenType[] types(GgufMetadata metadata) {
        int[] numbers = metadata.getInts(PREFIX + "token_type");
        TokenType[] types = new TokenType[numbers.length];
        for (int id = 0; id < types.length; id++) {
            if (numbers[id] < 1 || numbers[id] > TokenType.values().length) {
                throw metadata.problem(PREFIX + "token_type is " + numbers[id] + " for token " + id + "; 1 to "
                        + TokenType.values().length + " are known");
            }
            types[id] = TokenType.values()[numbers[id] - 1];
        }
        return types;
    }

    /** Mistral's vocabularies take text as it is; what another one does to it first would be silently left out. */
    private static void refuseNormalization(GgufMetadata metadata) {
        boolean mapsCharacters = metadata.find(PREFIX + "precompiled_charsmap")
                .filter(value -> !(value instanceof GgufValue.Packed map && map.size() == 0))
                .isPresent();
        if (mapsCharacters || metadata.getBool(PREFIX + "remove_extra_whitespaces", false)) {
            throw metadata.problem(
                    "the tokenizer normalizes text (precompiled_charsmap or remove_extra_whitespaces), which"
                            + " is not supported; use a Mistral model");
        }
    }

    private int id(GgufMetadata metadata, String key, int fallback) {
        int id = metadata.getInt(PREFIX + key, fallback);
        if (id < 0 || id >= pieces.size()) {
            throw metadata.problem(PREFIX + key + " is " + id + "; the vocabulary has " + pieces.size() + " tokens");
        }
        return id;
    }

    private int[] idsOfBytes(GgufMetadata metadata) {
        int[] ids = new int[BYTES];
        Arrays.fill(ids, -1);
        int found = 0;
        for (int id = 0; id < types.length; id++) {
            if (types[id] == TokenType.BYTE) {
                int value = byteOf(pieces.get(id));
                if (value < 0 || ids[value] >= 0) {
                    throw metadata.problem(
                            "token " + id + " is of type byte, but is not spelt <0x00> to <0xFF>, each once");
                }
                ids[value] = id;
                found++;
            }
        }
        if (found != 0 && found != BYTES) {
            throw metadata.problem("the vocabulary has " + found + " byte tokens; it must have none or " + BYTES);
        }
        return found == 0 ? null : ids;
    }

    /** {@return the value of a spelling {@code <0xE2>}, -1 when it is none} */
    private static int byteOf(String piece) {
        if (piece.length() != 6 || !piece.startsWith("<0x") || !piece.endsWith(">")) {
            return -1;
        }
        int high = Character.digit(piece.charAt(3), 16);
        int low = Character.digit(piece.charAt(4), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
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

    boolean hasBytes() {
        return idsOfBytes != null;
    }

    /** {@return the token of a byte, when {@link #hasBytes}} */
    int idOfByte(byte value) {
        return idsOfBytes[Byte.toUnsignedInt(value)];
    }

    /** {@return the value of a token of type {@code BYTE}} */
    byte byteValue(int id) {
        return (byte) byteOf(pieces.get(id));
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

    boolean addsSpacePrefix() {
        return addsSpacePrefix;
    }
}
