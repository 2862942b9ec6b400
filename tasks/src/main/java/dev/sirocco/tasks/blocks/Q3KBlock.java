package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q3_K: 256 weights of three bits, in 16 groups of 16 with a scale s of six bits each. 32 bytes with the highest bits
 * of the weights, bit k of byte i for weight i + 32 · k; 64 bytes with the lower two bits; 12 bytes with the s; a
 * binary16 scale d. A weight is d · (s − 32) · (q − 4).
 *
 * <p>The lower bits: each half of the block has 32 bytes, of which byte i has, from its lowest bits on, those of
 * weights i, i + 32, i + 64 and i + 96 of that half. The scales: the low nibbles of bytes 0–7 are the lower bits of s
 * 0–7, their high nibbles those of s 8–15; the upper two bits of s k are bits 2 · (k / 4) and above of byte
 * 8 + k mod 4.
 */
final class Q3KBlock {
    private static final int GROUP = 16;
    private static final int GROUPS = 16;
    private static final int LOWER = 32;
    private static final int SCALES = 96;
    private static final int UPPER_SCALES = 104;
    private static final int SCALE = 108;
    private static final float ZERO = 4f;

    private Q3KBlock() {}

    static void decode(ByteArray weights, int at, float[] to, int from) {
        float d = Float16.get(weights, at + SCALE);
        for (int group = 0; group < GROUPS; group++) {
            float scale = d * scale(weights, at, group % 8, group / 8 * 4, group % 4, group / 4 * 2);
            int lower = at + LOWER + group / 8 * 32 + group % 2 * GROUP;
            int upper = at + group % 2 * GROUP;
            int shift = group / 2 % 4 * 2;
            for (int i = 0; i < GROUP; i++) {
                int q = ((weights.get(lower + i) >> shift) & 3) | (((weights.get(upper + i) >> (group / 2)) & 1) << 2);
                to[from + group * GROUP + i] = scale * q - ZERO * scale;
            }
        }
    }

    /** {@return s − 32 of the group whose lower bits are in byte {@code low} and whose upper are in {@code high}} */
    private static int scale(ByteArray weights, int at, int low, int lowShift, int high, int highShift) {
        int lower = (weights.get(at + SCALES + low) >> lowShift) & 0xF;
        int upper = (weights.get(at + UPPER_SCALES + high) >> highShift) & 3;
        return (lower | (upper << 4)) - 32;
    }

    static void multiply(
            ByteArray weights,
            int at,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int b,
            float[] lanes,
            float[] factors) {
        float d = Float16.get(weights, at + SCALE);
        for (int i = 0; i < 4; i++) {
            factors[i] = d * scale(weights, at, i, 0, i, 0);
            factors[4 + i] = d * scale(weights, at, 4 + i, 0, i, 2);
            factors[8 + i] = d * scale(weights, at, i, 4, i, 4);
            factors[12 + i] = d * scale(weights, at, 4 + i, 4, i, 6);
        }
        for (int group = 0; group < GROUPS; group++) {
            lanes[Lanes.OFFSETS + group] -= ZERO * factors[group] * halfSums.get(2 * b + group);
        }
        int low = at + LOWER;
        multiply(weights, low, 0, at, 0, x, scales, b, lanes, factors, 0);
        multiply(weights, low, 2, at, 1, x, scales, b + 1, lanes, factors, 2);
        multiply(weights, low, 4, at, 2, x, scales, b + 2, lanes, factors, 4);
        multiply(weights, low, 6, at, 3, x, scales, b + 3, lanes, factors, 6);
        multiply(weights, low + 32, 0, at, 4, x, scales, b + 4, lanes, factors, 8);
        multiply(weights, low + 32, 2, at, 5, x, scales, b + 5, lanes, factors, 10);
        multiply(weights, low + 32, 4, at, 6, x, scales, b + 6, lanes, factors, 12);
        multiply(weights, low + 32, 6, at, 7, x, scales, b + 7, lanes, factors, 14);
    }

    /** Two groups, whose lower bits are at one place in 32 bytes, and whose highest are at one in 32 others. */
    private static void multiply(
            ByteArray weights,
            int lower,
            int shift,
            int upper,
            int bit,
            Int8Array x,
            FloatArray scales,
            int block,
            float[] lanes,
            float[] factors,
            int group) {
        float scale = scales.get(block);
        float first = scale * factors[group];
        float second = scale * factors[group + 1];
        for (int word = 0; word < 8; word++) {
            int column = 32 * block + 4 * word;
            int dot = ByteDots.bits(weights, lower + 4 * word, shift, 3, x, column)
                    + 4 * ByteDots.bits(weights, upper + 4 * word, bit, 1, x, column);
            lanes[word] += (word < 4 ? first : second) * dot;
        }
    }

    /**
     * Four bytes of lower bits at one place of both halves, and four of highest bits: as many weights of four groups,
     * whose numbers differ by multiples of four, so that the upper bits of their scales are in one byte. Four parts
     * share out what the zero takes from a group.
     */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int group = part / 4;
        int bytes = part % 8 * 4;
        int lower = at + LOWER + bytes;
        int upper = at + bytes;
        int block = b + part / 8;
        int column = 32 * block + bytes;
        int shift = group & 2;
        int farShift = (shift + 4) & 6;
        int bit = (part >> 3) & 1;
        int dot0 = ByteDots.bits(weights, lower, shift, 3, x, column)
                + 4 * ByteDots.bits(weights, upper, bit, 1, x, column);
        int dot1 = ByteDots.bits(weights, lower, farShift, 3, x, column + 64)
                + ByteDots.bits(weights, upper, bit, 4, x, column + 64);
        int dot2 = ByteDots.bits(weights, lower + 32, shift, 3, x, column + 128)
                + ByteDots.bits(weights, upper, (bit + 2) & 3, 4, x, column + 128);
        int dot3 = ByteDots.bits(weights, lower + 32, farShift, 3, x, column + 192)
                + ByteDots.bits(weights, upper, (bit + 4) & 5, 4, x, column + 192);
        int even = weights.get(at + SCALES + group);
        int odd = weights.get(at + SCALES + 4 + group);
        int high = weights.get(at + UPPER_SCALES + group);
        int halfSum = 2 * b + group;
        float sum = (((even & 0xF) | ((high & 3) << 4)) - 32)
                        * (scales.get(block) * dot0 - ZERO / 4 * halfSums.get(halfSum))
                + (((odd & 0xF) | ((high & 12) << 2)) - 32)
                        * (scales.get(block + 2) * dot1 - ZERO / 4 * halfSums.get(halfSum + 4))
                + ((((even >> 4) & 0xF) | (high & 48)) - 32)
                        * (scales.get(block + 4) * dot2 - ZERO / 4 * halfSums.get(halfSum + 8))
                + ((((odd >> 4) & 0xF) | ((high >> 2) & 48)) - 32)
                        * (scales.get(block + 6) * dot3 - ZERO / 4 * halfSums.get(halfSum + 12));
        return Float16.get(weights, at + SCALE) * sum;
    }

    static int integer(ByteArray weights, int at, int i) {
        int lower = (weights.get(at + LOWER + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2)) & 3;
        return (lower | (((weights.get(at + i % 32) >> (i / 32)) & 1) << 2)) - 4;
    }

    static float scale(ByteArray weights, int at, int group) {
        return Float16.get(weights, at + SCALE)
                * scale(weights, at, group % 8, group / 8 * 4, group % 4, group / 4 * 2);
    }

    /** {@return q of weights i … i + 3, a byte each} */
    static int four(ByteArray weights, int at, int i) {
        int lower = (ByteWords.get(weights, at + LOWER + i / 128 * 32 + (i & 31)) >> ((i & 127) / 32 * 2)) & 0x03030303;
        int upper = (ByteWords.get(weights, at + (i & 31)) >> (i / 32)) & 0x01010101;
        return lower | (upper << 2);
    }
}
