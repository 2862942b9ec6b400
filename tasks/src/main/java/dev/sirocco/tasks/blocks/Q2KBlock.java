package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q2_K: 256 weights of two bits, in 16 groups of 16 with a scale s and a minimum m of four bits each. 16 bytes, one a
 * group, with s in the low and m in the high nibble; 64 bytes with the weights; binary16 scales d of the s and e of
 * the m. A weight is d · s · q − e · m.
 *
 * <p>The weights: each half of the block has 32 bytes, of which byte i has, from its lowest bits on, weights i,
 * i + 32, i + 64 and i + 96 of that half.
 */
final class Q2KBlock {
    private static final int GROUP = 16;
    private static final int GROUPS = 16;
    private static final int BITS = 16;
    private static final int SCALE = 80;
    private static final int MINIMUM = 82;

    private Q2KBlock() {}

    static void decode(ByteArray weights, int at, float[] to, int from) {
        float d = Float16.get(weights, at + SCALE);
        float e = Float16.get(weights, at + MINIMUM);
        for (int group = 0; group < GROUPS; group++) {
            int packed = weights.get(at + group);
            float scale = d * (packed & 0xF);
            float minimum = e * ((packed >> 4) & 0xF);
            int bytes = at + BITS + group / 8 * 32 + group % 2 * GROUP;
            int shift = group / 2 % 4 * 2;
            for (int i = 0; i < GROUP; i++) {
                to[from + group * GROUP + i] = scale * ((weights.get(bytes + i) >> shift) & 3) - minimum;
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
        float e = Float16.get(weights, at + MINIMUM);
        for (int group = 0; group < GROUPS; group++) {
            int packed = weights.get(at + group);
            factors[group] = d * (packed & 0xF);
            lanes[Lanes.OFFSETS + group] -= e * ((packed >> 4) & 0xF) * halfSums.get(2 * b + group);
        }
        for (int half = 0; half < 2; half++) {
            int bytes = at + BITS + 32 * half;
            int block = b + 4 * half;
            multiply(weights, bytes, 0, x, scales, block, lanes, factors, 8 * half);
            multiply(weights, bytes, 2, x, scales, block + 1, lanes, factors, 8 * half + 2);
            multiply(weights, bytes, 4, x, scales, block + 2, lanes, factors, 8 * half + 4);
            multiply(weights, bytes, 6, x, scales, block + 3, lanes, factors, 8 * half + 6);
        }
    }

    /** Two groups, whose weights are at one place in 32 bytes. */
    private static void multiply(
            ByteArray weights,
            int bytes,
            int shift,
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
            int dot = ByteDots.bits(weights, bytes + 4 * word, shift, 3, x, 32 * block + 4 * word);
            lanes[word] += (word < 4 ? first : second) * dot;
        }
    }

    /**
     * Eight bytes of a half: as many weights of two groups, whose scales are in one word of four; and the minimum of
     * group {@code part}, which is in it too.
     */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int quarter = part / 4;
        int piece = part % 4;
        int bytes = at + BITS + part / 8 * 32 + 8 * piece;
        int shift0 = part & 4;
        int shift1 = (part | 2) & 6;
        int block = b + 2 * quarter;
        int column = 32 * block + 8 * piece;
        int packed = ByteWords.get(weights, at + 4 * quarter);
        int s = packed >> (piece / 2 * 8);
        int m = packed >> (8 * piece + 4);
        float products = scales.get(block) * ((s & 0xF) * ByteDots.eightBits(weights, bytes, shift0, 3, x, column))
                + scales.get(block + 1)
                        * (((s >> 16) & 0xF) * ByteDots.eightBits(weights, bytes, shift1, 3, x, column + 32));
        int binary16 = ByteWords.get(weights, at + SCALE);
        return Float16.of(binary16) * products - Float16.of(binary16 >> 16) * ((m & 0xF) * halfSums.get(2 * b + part));
    }

    static int integer(ByteArray weights, int at, int i) {
        return (weights.get(at + BITS + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2)) & 3;
    }

    static float scale(ByteArray weights, int at, int group) {
        return Float16.of(ByteWords.get(weights, at + SCALE)) * (weights.get(at + group) & 0xF);
    }

    static float offset(ByteArray weights, int at, int group) {
        return -Float16.of(ByteWords.get(weights, at + SCALE) >> 16) * ((weights.get(at + group) >> 4) & 0xF);
    }

    /** {@return q of weights i … i + 3, a byte each} */
    static int four(ByteArray weights, int at, int i) {
        return (ByteWords.get(weights, at + BITS + i / 128 * 32 + (i & 31)) >> ((i & 127) / 32 * 2)) & 0x03030303;
    }
}
