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

    /** Eight bytes of a half's lower bits: as many weights of four groups; and what groups 2p and 2p + 1 take off. */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int half = part / 4;
        int lower = at + LOWER + 8 * part;
        int upper = at + part % 4 * 8;
        int block = b + 4 * half;
        int column = 32 * block + part % 4 * 8;
        int group = 8 * half + part % 4 / 2;
        int bit = 4 * half;
        float sum = scale(weights, at, group)
                        * scales.get(block)
                        * (ByteDots.eightBits(weights, lower, 0, 3, x, column)
                                + 4 * highDot(weights, upper, bit, x, column))
                + scale(weights, at, group + 2)
                        * scales.get(block + 1)
                        * (ByteDots.eightBits(weights, lower, 2, 3, x, column + 32)
                                + 4 * highDot(weights, upper, bit + 1, x, column + 32))
                + scale(weights, at, group + 4)
                        * scales.get(block + 2)
                        * (ByteDots.eightBits(weights, lower, 4, 3, x, column + 64)
                                + 4 * highDot(weights, upper, bit + 2, x, column + 64))
                + scale(weights, at, group + 6)
                        * scales.get(block + 3)
                        * (ByteDots.eightBits(weights, lower, 6, 3, x, column + 96)
                                + 4 * highDot(weights, upper, bit + 3, x, column + 96));
        return sum
                - ZERO * scale(weights, at, 2 * part) * halfSums.get(2 * (b + part))
                - ZERO * scale(weights, at, 2 * part + 1) * halfSums.get(2 * (b + part) + 1);
    }

    /** Which bit it is depends on the part, so that these are no dot products of bytes. */
    private static int highDot(ByteArray weights, int bytes, int bit, Int8Array x, int column) {
        int dot = 0;
        for (int i = 0; i < 8; i++) {
            dot += ((weights.get(bytes + i) >> bit) & 1) * x.get(column + i);
        }
        return dot;
    }

    static int integer(ByteArray weights, int at, int i) {
        int lower = (weights.get(at + LOWER + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2)) & 3;
        return (lower | (((weights.get(at + i % 32) >> (i / 32)) & 1) << 2)) - 4;
    }

    static float scale(ByteArray weights, int at, int group) {
        return Float16.get(weights, at + SCALE)
                * scale(weights, at, group % 8, group / 8 * 4, group % 4, group / 4 * 2);
    }
}
