package dev.sirocco.model.tokenizer;

import java.util.Arrays;

/**
 * Finds the token of a stretch of text without copying it. Open addressing: most questions are about stretches that no
 * token spells, and end at an empty slot or a different hash.
 */
final class PieceTable {
    private static final int EMPTY = -1;

    private final Vocabulary vocabulary;
    private final int[] ids;
    private final int[] hashes;
    private int maxLength;

    /** Takes up the tokens that may be made from text; of those that are spelt alike the first. */
    PieceTable(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        int slots = Math.max(16, Integer.highestOneBit(vocabulary.size()) << 2);
        ids = new int[slots];
        hashes = new int[slots];
        Arrays.fill(ids, EMPTY);
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.type(id).spellsText()) {
                add(id);
            }
        }
    }

    private void add(int id) {
        String piece = vocabulary.piece(id);
        int hash = piece.hashCode();
        int slot = slot(piece, 0, piece.length(), hash);
        if (ids[slot] == EMPTY) {
            ids[slot] = id;
            hashes[slot] = hash;
        }
        maxLength = Math.max(maxLength, piece.length());
    }

    /** {@return the length in {@code char}s of the longest spelling} */
    int maxLength() {
        return maxLength;
    }

    /** {@return the token that is spelt like the text from {@code from} to {@code to}, -1 when there is none} */
    int find(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i); // as String.hashCode, by which pieces were added
        }
        return ids[slot(text, from, to, hash)];
    }

    /** {@return the slot of the token that is spelt like this, or the empty one where it would be} */
    private int slot(String text, int from, int to, int hash) {
        int mask = ids.length - 1;
        int slot = (hash ^ hash >>> 15) * 0x9e3779b1 >>> 7 & mask;
        while (ids[slot] != EMPTY && !(hashes[slot] == hash && isSpelt(ids[slot], text, from, to))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isSpelt(int id, String text, int from, int to) {
        String piece = vocabulary.piece(id);
        return piece.length() == to - from && piece.regionMatches(0, text, from, to - from);
    }
}
