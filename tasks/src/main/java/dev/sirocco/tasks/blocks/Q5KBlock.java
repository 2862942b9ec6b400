package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q5_K: 256 weights of five bits, in eight groups of 32 with a scale s and a minimum m of six bits each. Binary16
 * scales d of the s and e of the m; 12 bytes of {@link SixBitScales}; 32 bytes with the highest bits of the weights,
 * bit k of byte i for weight i of group k; 128 bytes with the lower bits, of which each 32 have one group in their
 * low and the next in their high nibbles. A weight is d · s · q − e · m.
 */
final class Q5KBlock {
    private static final int HIGH = 16;
    private static final int NIBBLES = 48;

    private Q5KBlock() {}

    static void decode(ByteArray weights, int at, float[] to, int from, float[] factors) {
        float d = Float16.get(weights, at);
        float e = Float16.get(weights, at + 2);
        SixBitScales.decode(weights, at + SixBitScales.BYTES, d, e, factors);
        for (int pair = 0; pair < 4; pair++) {
            float scale0 = factors[2 * pair];
            float scale1 = factors[2 * pair + 1];
            float minimum0 = factors[8 + 2 * pair];
            float minimum1 = factors[9 + 2 * pair];
            for (int i = 0; i < 32; i++) {
                int both = weights.get(at + NIBBLES + 32 * pair + i);
                int high = weights.get(at + HIGH + i) >> (2 * pair);
                to[from + 64 * pair + i] = scale0 * ((both & 0xF) | ((high & 1) << 4)) - minimum0;
                to[from + 64 * pair + 32 + i] = scale1 * (((both >> 4) & 0xF) | ((high & 2) << 3)) - minimum1;
            }
        }
    }

    static void multiply(
            ByteArray weights,
            int at,
            Int8Array x,
            FloatArray scales,
            FloatArray sums,
            int b,
            float[] lanes,
            float[] factors) {
        float d = Float16.get(weights, at);
        float e = Float16.get(weights, at + 2);
        SixBitScales.multiply(weights, at + SixBitScales.BYTES, d, e, scales, sums, b, lanes, factors);
        multiplyPair(weights, at, 0, x, b, lanes, factors);
        multiplyPair(weights, at, 1, x, b, lanes, factors);
        multiplyPair(weights, at, 2, x, b, lanes, factors);
        multiplyPair(weights, at, 3, x, b, lanes, factors);
    }

    /** Two groups; {@code pair} is a literal. */
    private static void multiplyPair(
            ByteArray weights, int at, int pair, Int8Array x, int b, float[] lanes, float[] factors) {
        float factor0 = factors[2 * pair];
        float factor1 = factors[2 * pair + 1];
        for (int word = 0; word < 8; word++) {
            int q = at + NIBBLES + 32 * pair + 4 * word;
            int high = at + HIGH + 4 * word;
            int column = 32 * (b + 2 * pair) + 4 * word;
            int dot0 = ByteDots.bits(weights, q, 0, 0xF, x, column)
                    + 16 * ByteDots.bits(weights, high, 2 * pair, 1, x, column);
            int dot1 = ByteDots.bits(weights, q, 4, 0xF, x, column + 32)
                    + 16 * ByteDots.bits(weights, high, 2 * pair + 1, 1, x, column + 32);
            lanes[word] += factor0 * dot0 + factor1 * dot1;
        }
    }

    /** Sixteen bytes with lower bits: as many weights of two groups. */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int group = part / 2 * 2;
        int half = part % 2;
        int column = 32 * (b + group) + 16 * half;
        int bit0 = part & 6;
        int bit1 = (part | 1) & 7;
        int dot0 = 0;
        int dot1 = 0;
        for (int word = 0; word < 4; word++) {
            int q = at + NIBBLES + 16 * part + 4 * word;
            int high = at + HIGH + 16 * half + 4 * word;
            dot0 += ByteDots.bits(weights, q, 0, 0xF, x, column + 4 * word)
                    + 16 * ByteDots.bits(weights, high, bit0, 1, x, column + 4 * word);
            dot1 += ByteDots.bits(weights, q, 4, 0xF, x, column + 32 + 4 * word)
                    + 16 * ByteDots.bits(weights, high, bit1, 1, x, column + 32 + 4 * word);
        }
        return SixBitScales.multiplyPair(weights, at, part / 2, half, dot0, dot1, scales, halfSums, b + group);
    }

    static int integer(ByteArray weights, int at, int i) {
        int lower = (weights.get(at + NIBBLES + i / 64 * 32 + i % 32) >> (i % 64 / 32 * 4)) & 0xF;
        return lower | (((weights.get(at + HIGH + i % 32) >> (i / 32)) & 1) << 4);
    }

    /** {@return the integers of weights i … i + 3, a byte each} */
    static int four(ByteArray weights, int at, int i) {
        int lower = (ByteWords.get(weights, at + NIBBLES + i / 64 * 32 + (i & 31)) >> ((i & 63) / 32 * 4)) & 0x0F0F0F0F;
        int upper = (ByteWords.get(weights, at + HIGH + (i & 31)) >> (i / 32)) & 0x01010101;
        return lower | (upper << 4);
    }
}
