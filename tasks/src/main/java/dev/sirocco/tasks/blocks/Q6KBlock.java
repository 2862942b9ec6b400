package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q6_K: 256 weights of six bits, in 16 groups of 16 with a scale s each. 128 bytes with the lower four bits of the
 * weights, 64 with the upper two, 16 signed bytes s, a binary16 scale d. A weight is d · s · (q − 32).
 *
 * <p>Each half of the block has 64 and 32 of these bytes. The low nibble of byte i of the 64 belongs to weight i of
 * that half, the high nibble to weight i + 64. Byte i of the 32 has, from its lowest bits on, the upper bits of weights
 * i, i + 32, i + 64 and i + 96.
 */
final class Q6KBlock {
    private static final int GROUPS = 16;
    private static final int UPPER = 128;
    private static final int SCALES = 192;
    private static final int SCALE = 208;
    private static final float ZERO = 32f;

    private Q6KBlock() {}

    static void decode(ByteArray weights, int at, float[] to, int from, float[] factors) {
        float d = Float16.get(weights, at + SCALE);
        for (int group = 0; group < GROUPS; group++) {
            factors[group] = d * weights.get(at + SCALES + group);
        }
        for (int half = 0; half < 2; half++) {
            for (int group = 0; group < 2; group++) {
                int lower = at + 64 * half + 16 * group;
                int upper = at + UPPER + 32 * half + 16 * group;
                int weight = from + 128 * half + 16 * group;
                float scale0 = factors[8 * half + group];
                float scale1 = factors[8 * half + group + 2];
                float scale2 = factors[8 * half + group + 4];
                float scale3 = factors[8 * half + group + 6];
                for (int i = 0; i < 16; i++) {
                    int near = weights.get(lower + i);
                    int far = weights.get(lower + 32 + i);
                    int high = weights.get(upper + i);
                    to[weight + i] = scale0 * ((near & 0xF) | ((high & 3) << 4)) - ZERO * scale0;
                    to[weight + 32 + i] = scale1 * ((far & 0xF) | ((high & 12) << 2)) - ZERO * scale1;
                    to[weight + 64 + i] = scale2 * (((near >> 4) & 0xF) | (high & 48)) - ZERO * scale2;
                    to[weight + 96 + i] = scale3 * (((far >> 4) & 0xF) | ((high >> 2) & 48)) - ZERO * scale3;
                }
            }
        }
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
        for (int group = 0; group < GROUPS; group++) {
            factors[group] = d * weights.get(at + SCALES + group);
            lanes[Lanes.OFFSETS + group] -= ZERO * factors[group] * halfSums.get(2 * b + group);
        }
        for (int half = 0; half < 2; half++) {
            int lower = at + 64 * half;
            int upper = at + UPPER + 32 * half;
            int block = b + 4 * half;
            multiply(weights, lower, 0, upper, 0, x, scales, block, lanes, factors, 8 * half);
            multiply(weights, lower + 32, 0, upper, 2, x, scales, block + 1, lanes, factors, 8 * half + 2);
            multiply(weights, lower, 4, upper, 4, x, scales, block + 2, lanes, factors, 8 * half + 4);
            multiply(weights, lower + 32, 4, upper, 6, x, scales, block + 3, lanes, factors, 8 * half + 6);
        }
    }

    /** Two groups, whose lower bits are at one place in 32 bytes, and whose upper bits are at one in 32 others. */
    private static void multiply(
            ByteArray weights,
            int lower,
            int lowerShift,
            int upper,
            int upperShift,
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
            int dot = ByteDots.bits(weights, lower + 4 * word, lowerShift, 0xF, x, column)
                    + 16 * ByteDots.bits(weights, upper + 4 * word, upperShift, 3, x, column);
            lanes[word] += (word < 4 ? first : second) * dot;
        }
    }

    /**
     * Four bytes of lower bits, so that the parts of a block read its bytes one after the other: as many weights of two
     * groups. Four parts share out what the zero takes from a group.
     */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int half = part / 16;
        int word = part % 16;
        int lower = at + 4 * part;
        int upper = at + UPPER + 32 * half + word % 8 * 4;
        int shift0 = (word >> 2) & 2;
        int shift1 = (shift0 + 4) & 6;
        int block = b + 4 * half + word / 8;
        int column = 32 * (b + 4 * half) + 4 * word;
        int group = 8 * half + word / 4;
        int dot0 = ByteDots.bits(weights, lower, 0, 0xF, x, column)
                + 16 * ByteDots.bits(weights, upper, shift0, 3, x, column);
        int dot1 = ByteDots.bits(weights, lower, 4, 0xF, x, column + 64)
                + 16 * ByteDots.bits(weights, upper, shift1, 3, x, column + 64);
        float first = scales.get(block) * dot0 - ZERO / 4 * halfSums.get(2 * b + group);
        float second = scales.get(block + 2) * dot1 - ZERO / 4 * halfSums.get(2 * b + group + 4);
        return Float16.get(weights, at + SCALE)
                * (weights.get(at + SCALES + group) * first + weights.get(at + SCALES + group + 4) * second);
    }

    static int integer(ByteArray weights, int at, int i) {
        int lower = (weights.get(at + i / 128 * 64 + i % 64) >> (i % 128 / 64 * 4)) & 0xF;
        int upper = (weights.get(at + UPPER + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2)) & 3;
        return (lower | (upper << 4)) - 32;
    }

    static float scale(ByteArray weights, int at, int group) {
        return Float16.get(weights, at + SCALE) * weights.get(at + SCALES + group);
    }

    /** {@return q of weights i … i + 3, a byte each} */
    static int four(ByteArray weights, int at, int i) {
        int lower = (ByteWords.get(weights, at + i / 128 * 64 + (i & 63)) >> ((i & 127) / 64 * 4)) & 0x0F0F0F0F;
        int upper = (ByteWords.get(weights, at + UPPER + i / 128 * 32 + (i & 31)) >> ((i & 127) / 32 * 2)) & 0x03030303;
        return lower | (upper << 4);
    }
}
