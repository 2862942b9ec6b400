package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The scales s and minima m of Q4_K and Q5_K: eight of each with six bits, in 12 bytes. Bytes 0–3 have s 0–3 in their
 * lower six bits, bytes 4–7 have m 0–3 there; bytes 8–11 have the lower four bits of s 4–7 in their low nibbles and
 * those of m 4–7 in their high nibbles; the upper two bits of s 4–7 are the upper ones of bytes 0–3, and those of m 4–7
 * are the upper ones of bytes 4–7.
 */
final class SixBitScales {
    /** Where the 12 bytes are in a block. */
    static final int BYTES = 4;

    private SixBitScales() {}

    /**
     * Scales and minima of a block without activations.
     *
     * @param at      of the 12 bytes
     * @param factors (16): scale · s 0–7, minimum · m 0–7
     */
    static void decode(ByteArray weights, int at, float scale, float minimum, float[] factors) {
        for (int i = 0; i < 4; i++) {
            int first = weights.get(at + i);
            int second = weights.get(at + 4 + i);
            int third = weights.get(at + 8 + i);
            factors[i] = scale * (first & 63);
            factors[4 + i] = scale * ((third & 0xF) | ((first >> 2) & 48));
            factors[8 + i] = minimum * (second & 63);
            factors[12 + i] = minimum * (((third >> 4) & 0xF) | ((second >> 2) & 48));
        }
    }

    /**
     * Scales of products, and what the minima take from them.
     *
     * @param at      of the 12 bytes
     * @param scales  of the activations; {@code b} is the first of eight
     * @param sums    of the activations
     * @param lanes   to whose offsets the minima go
     * @param factors (8): scale · s · the activations' scale
     */
    static void multiply(
            ByteArray weights,
            int at,
            float scale,
            float minimum,
            FloatArray scales,
            FloatArray sums,
            int b,
            float[] lanes,
            float[] factors) {
        for (int i = 0; i < 4; i++) {
            int first = weights.get(at + i);
            int second = weights.get(at + 4 + i);
            int third = weights.get(at + 8 + i);
            factors[i] = scale * (first & 63) * scales.get(b + i);
            factors[4 + i] = scale * ((third & 0xF) | ((first >> 2) & 48)) * scales.get(b + 4 + i);
            lanes[Lanes.OFFSETS + i] -= minimum
                    * ((second & 63) * sums.get(b + i)
                            + (((third >> 4) & 0xF) | ((second >> 2) & 48)) * sums.get(b + 4 + i));
        }
    }

    /**
     * {@return the product of sixteen weights of each of two groups, with what their minima take from it} The block's
     * header, d, e and the 12 bytes, is four words, which are one load where the block begins at a multiple of sixteen.
     *
     * @param at       of the block, which begins with d and e
     * @param pair     groups {@code 2 · pair} and {@code 2 · pair + 1}
     * @param half     of the groups
     * @param dot0     Σ q · x of the first
     * @param dot1     of the second
     * @param scales   of the activations
     * @param halfSums of the activations
     * @param b        the scale of the first group's activations
     */
    static float multiplyPair(
            ByteArray weights,
            int at,
            int pair,
            int half,
            int dot0,
            int dot1,
            FloatArray scales,
            FloatArray halfSums,
            int b) {
        int binary16 = ByteWords.get(weights, at);
        int shift = pair % 2 * 16;
        int first = ByteWords.get(weights, at + BYTES) >> shift;
        int second = ByteWords.get(weights, at + BYTES + 4) >> shift;
        int third = ByteWords.get(weights, at + BYTES + 8) >> shift;
        int upper = pair < 2 ? 0 : 2;
        int s = ((pair < 2 ? first : third) & 0x0F0F) | ((first >> upper) & 0x3030);
        int m = ((pair < 2 ? second : third >> 4) & 0x0F0F) | ((second >> upper) & 0x3030);
        float products = scales.get(b) * ((s & 63) * dot0) + scales.get(b + 1) * ((s >> 8) * dot1);
        float offsets = halfSums.get(2 * b + half) * (m & 63) + halfSums.get(2 * b + 2 + half) * (m >> 8);
        return Float16.of(binary16) * products - Float16.of(binary16 >> 16) * offsets;
    }

    /**
     * {@return the scale of a group, d · s}
     *
     * @param at of the block, which begins with d and e
     */
    static float scale(ByteArray weights, int at, int group) {
        int shift = group % 4 * 8;
        int first = ByteWords.get(weights, at + BYTES) >> shift;
        int third = ByteWords.get(weights, at + BYTES + 8) >> shift;
        int s = ((group < 4 ? first : third) & 0xF) | ((first >> (group < 4 ? 0 : 2)) & 48);
        return Float16.of(ByteWords.get(weights, at)) * s;
    }

    /**
     * {@return what is added to each weight of a group, −e · m}
     *
     * @param at of the block, which begins with d and e
     */
    static float offset(ByteArray weights, int at, int group) {
        int shift = group % 4 * 8;
        int second = ByteWords.get(weights, at + BYTES + 4) >> shift;
        int third = ByteWords.get(weights, at + BYTES + 8) >> shift;
        int m = ((group < 4 ? second : third >> 4) & 0xF) | ((second >> (group < 4 ? 0 : 2)) & 48);
        return -Float16.of(ByteWords.get(weights, at) >> 16) * m;
    }
}
