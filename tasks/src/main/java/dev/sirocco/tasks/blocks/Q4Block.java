package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q4_0 and Q4_1: 32 weights of four bits. A binary16 scale d; in Q4_1 a binary16 minimum m; then 16 bytes, whose low
 * nibbles are q of weights 0–15 and whose high nibbles are q of weights 16–31. A weight is d · (q − 8) in Q4_0 and
 * d · q + m in Q4_1.
 */
final class Q4Block {
    private static final int HALF = 16;
    private static final int WORDS = 4;
    private static final int Q4_0_NIBBLES = 2;
    private static final int Q4_1_NIBBLES = 4;
    private static final float ZERO = 8f;

    private Q4Block() {}

    static void decode0(ByteArray weights, int at, float[] to, int from) {
        float scale = Float16.get(weights, at);
        decode(weights, at + Q4_0_NIBBLES, scale, -ZERO * scale, to, from);
    }

    static void decode1(ByteArray weights, int at, float[] to, int from) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        decode(weights, at + Q4_1_NIBBLES, scale, minimum, to, from);
    }

    private static void decode(ByteArray weights, int nibbles, float scale, float minimum, float[] to, int from) {
        for (int i = 0; i < HALF; i++) {
            int pair = weights.get(nibbles + i);
            to[from + i] = scale * (pair & 0xF) + minimum;
            to[from + HALF + i] = scale * ((pair >> 4) & 0xF) + minimum;
        }
    }

    static void multiply0(
            ByteArray weights, int at, Int8Array x, FloatArray scales, FloatArray sums, int b, float[] lanes) {
        float scale = Float16.get(weights, at);
        multiply(weights, at + Q4_0_NIBBLES, scale, -ZERO * scale, x, scales, sums, b, lanes);
    }

    static void multiply1(
            ByteArray weights, int at, Int8Array x, FloatArray scales, FloatArray sums, int b, float[] lanes) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        multiply(weights, at + Q4_1_NIBBLES, scale, minimum, x, scales, sums, b, lanes);
    }

    private static void multiply(
            ByteArray weights,
            int nibbles,
            float scale,
            float minimum,
            Int8Array x,
            FloatArray scales,
            FloatArray sums,
            int b,
            float[] lanes) {
        float factor = scale * scales.get(b);
        lanes[Lanes.OFFSETS] += minimum * sums.get(b);
        for (int word = 0; word < WORDS; word++) {
            int q = nibbles + 4 * word;
            int column = 32 * b + 4 * word;
            lanes[word] += factor
                    * (ByteDots.bits(weights, q, 0, 0xF, x, column)
                            + ByteDots.bits(weights, q, 4, 0xF, x, column + HALF));
        }
    }

    static float multiplyPart0(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        float scale = Float16.get(weights, at);
        int nibbles = at + Q4_0_NIBBLES + 4 * part;
        return multiplyPart(weights, nibbles, scale, -ZERO * scale, part, x, scales, halfSums, b);
    }

    static float multiplyPart1(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        int nibbles = at + Q4_1_NIBBLES + 4 * part;
        return multiplyPart(weights, nibbles, scale, minimum, part, x, scales, halfSums, b);
    }

    /** Weights 4p … 4p + 3 of both halves. Two parts share out what the minimum adds to a half's products. */
    private static float multiplyPart(
            ByteArray weights,
            int nibbles,
            float scale,
            float minimum,
            int part,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int b) {
        int column = 32 * b + 4 * part;
        int dot = ByteDots.bits(weights, nibbles, 0, 0xF, x, column)
                + ByteDots.bits(weights, nibbles, 4, 0xF, x, column + HALF);
        return scale * scales.get(b) * dot + 0.5f * minimum * halfSums.get(2 * b + part / 2);
    }

    static int integer0(ByteArray weights, int at, int i) {
        return nibble(weights, at + Q4_0_NIBBLES, i) - 8;
    }

    static int integer1(ByteArray weights, int at, int i) {
        return nibble(weights, at + Q4_1_NIBBLES, i);
    }

    private static int nibble(ByteArray weights, int nibbles, int i) {
        return (weights.get(nibbles + i % HALF) >> (i / HALF * 4)) & 0xF;
    }

    /** {@return q of weights i … i + 3 of a block of Q4_1, a byte each} */
    static int four1(ByteArray weights, int at, int i) {
        return (ByteWords.get(weights, at + Q4_1_NIBBLES + (i & (HALF - 1))) >> (i / HALF * 4)) & 0x0F0F0F0F;
    }
}
