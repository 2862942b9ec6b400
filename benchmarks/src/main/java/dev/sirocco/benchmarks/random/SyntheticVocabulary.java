package dev.sirocco.benchmarks.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A made-up SentencePiece vocabulary, laid out as Mistral's first one: unknown, begin, end, 256 bytes, then pieces.
 * Long pieces are unions of two earlier ones, the earlier the better their score, as training by byte-pair encoding
 * gives.
 */
final class SyntheticVocabulary {
    static final int UNKNOWN_ID = 0;
    static final int BEGIN_ID = 1;
    static final int END_ID = 2;

    /** What stands for a space in a piece. */
    private static final String SPACE = "\u2581";

    /** Single characters: Latin, digits, punctuation, and some that take two, three and four bytes of UTF-8. */
    private static final String CHARACTERS =
            SPACE + "etaoinshrdlcumwfgypbvkjxqzETAOINSHRDLCUMWFGYPBVKJXQZ0123456789.,;:!?'\"()-äéß日本😀";

    private static final int LONGEST_PIECE = 12;
    private static final int BYTES = 256;

    /** The fewest tokens that hold control tokens, bytes and characters. */
    static final int SMALLEST = END_ID + 1 + BYTES + CHARACTERS.codePointCount(0, CHARACTERS.length());

    // Source: enum llama_token_type of llama.h.
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    private final List<String> pieces = new ArrayList<>();
    private final float[] scores;
    private final int[] types;

    SyntheticVocabulary(int size, RandomGenerator random) {
        scores = new float[size];
        types = new int[size];
        add("<unk>", UNKNOWN, 0);
        add("<s>", CONTROL, 0);
        add("</s>", CONTROL, 0);
        for (int value = 0; value < BYTES; value++) {
            add("<0x%02X>".formatted(value), BYTE, 0);
        }
        int firstPiece = pieces.size();
        // Characters come last in the order of merging: no pair makes them.
        CHARACTERS.codePoints().forEach(c -> add(Character.toString(c), NORMAL, -size - pieces.size()));
        Set<String> known = new HashSet<>(pieces);
        while (pieces.size() < size) {
            String left = pieces.get(pick(firstPiece, random));
            String right = pieces.get(pick(firstPiece, random));
            String joined = left + right;
            // SentencePiece has the space only at the front of a piece.
            if (joined.length() <= LONGEST_PIECE && !right.contains(SPACE) && known.add(joined)) {
                add(joined, NORMAL, firstPiece - pieces.size());
            }
        }
    }

    /** {@return the place of a piece, early ones being likelier: so common letters come to be joined first} */
    private int pick(int firstPiece, RandomGenerator random) {
        double skewed = random.nextDouble() * random.nextDouble();
        return firstPiece + (int) (skewed * (pieces.size() - firstPiece));
    }

    private void add(String piece, int type, float score) {
        types[pieces.size()] = type;
        scores[pieces.size()] = score;
        pieces.add(piece);
    }

    List<String> pieces() {
        return List.copyOf(pieces);
    }

    float[] scores() {
        return scores.clone();
    }

    /** {@return a GGUF token type for each piece} */
    int[] types() {
        return types.clone();
    }

    /** {@return the ids of ordinary pieces by their text} */
    Map<String, Integer> normalIds() {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == NORMAL) {
                ids.put(pieces.get(id), id);
            }
        }
        return ids;
    }
}
