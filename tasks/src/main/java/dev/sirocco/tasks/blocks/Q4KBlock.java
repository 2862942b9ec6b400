package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q4_K: 256 weights of four bits, in eight groups of 32 with a scale s and a minimum m of six bits each. Binary16
 * scales d of the s and e of the m; 12 bytes of {@link SixBitScales}; 128 bytes with the weights, of which each 32
 * have one group in their low and the next in their high nibbles. A weight is d · s · q − e · m.
 */
final class Q4KBlock {
    private static final int NIBBLES = 16;

    private Q4KBlock() {}

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
                to[from + 64 * pair + i] = scale0 * (both & 0xF) - minimum0;
                to[from + 64 * pair + 32 + i] = scale1 * ((both >> 4) & 0xF) - minimum1;
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
        for (int pair = 0; pair < 4; pair++) {
            float factor0 = factors[2 * pair];
            float factor1 = factors[2 * pair + 1];
            for (int word = 0; word < 8; word++) {
                int q = at + NIBBLES + 32 * pair + 4 * word;
                int column = 32 * (b + 2 * pair) + 4 * word;
                lanes[word] += factor0 * ByteDots.bits(weights, q, 0, 0xF, x, column)
                        + factor1 * ByteDots.bits(weights, q, 4, 0xF, x, column + 32);
            }
        }
    }

    /** Sixteen bytes: as many weights of two groups. */
    static float multiplyPart(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        int group = part / 2 * 2;
        int half = part % 2;
        int column = 32 * (b + group) + 16 * half;
        int dot0 = 0;
        int dot1 = 0;
        for (int word = 0; word < 4; word++) {
            int q = at + NIBBLES + 16 * part + 4 * word;
            dot0 += ByteDots.bits(weights, q, 0, 0xF, x, column + 4 * word);
            dot1 += ByteDots.bits(weights, q, 4, 0xF, x, column + 32 + 4 * word);
        }
        return SixBitScales.multiplyPair(weights, at, part / 2, half, dot0, dot1, scales, halfSums, b + group);
    }

    static int integer(ByteArray weights, int at, int i) {
        return (weights.get(at + NIBBLES + i / 64 * 32 + i % 32) >> (i % 64 / 32 * 4)) & 0xF;
    }

    /** {@return the integers of weights i … i + 3, a byte each} */
    static int four(ByteArray weights, int at, int i) {
        return (ByteWords.get(weights, at + NIBBLES + i / 64 * 32 + (i & 31)) >> ((i & 63) / 32 * 4)) & 0x0F0F0F0F;
    }
}
