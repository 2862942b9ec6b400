package dev.sirocco.model.tokenizer;

import java.util.Arrays;

/** Proposed merges, the best first: the highest score, and of equal scores the leftmost. A binary heap. */
final class MergeQueue {
    private long[] keys = new long[64];
    private int[] ids = new int[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Adds a proposal.
     *
     * @param left where it begins
     * @param id   the token that it would give
     */
    void add(float score, int left, int id) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        long key = (long) descending(score) << Integer.SIZE | left;
        int at = size++;
        while (at > 0 && keys[(at - 1) / 2] > key) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        keys[at] = key;
        ids[at] = id;
    }

    /** {@return an integer that is the smaller, the greater the score; zeros of both signs are equal} */
    private static int descending(float score) {
        int bits = Float.floatToIntBits(score + 0f);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    /** {@return where the best proposal begins} */
    int left() {
        return (int) keys[0];
    }

    /** {@return the token that the best proposal would give} */
    int id() {
        return ids[0];
    }

    /** Removes the best proposal. */
    void remove() {
        size--;
        long key = keys[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            move(child, at);
            at = child;
        }
        keys[at] = key;
        ids[at] = ids[size];
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        ids[to] = ids[from];
    }
}
