package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Q5_0 and Q5_1: 32 weights of five bits. A binary16 scale d; in Q5_1 a binary16 minimum m; four bytes with the
 * highest bit of each weight, bit i of their 32 for weight i; then 16 bytes, whose low nibbles are the lower bits of
 * weights 0–15 and whose high nibbles those of weights 16–31. A weight is d · (q − 16) in Q5_0 and d · q + m in Q5_1.
 */
final class Q5Block {
    private static final int HALF = 16;
    private static final int WORDS = 4;
    private static final int HIGH_BYTES = 4;
    private static final int Q5_0_HIGH = 2;
    private static final int Q5_1_HIGH = 4;
    private static final float ZERO = 16f;

    private Q5Block() {}

    static void decode0(ByteArray weights, int at, float[] to, int from) {
        float scale = Float16.get(weights, at);
        decode(weights, at + Q5_0_HIGH, scale, -ZERO * scale, to, from);
    }

    static void decode1(ByteArray weights, int at, float[] to, int from) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        decode(weights, at + Q5_1_HIGH, scale, minimum, to, from);
    }

    private static void decode(ByteArray weights, int high, float scale, float minimum, float[] to, int from) {
        int bits = ByteWords.get(weights, high); // bit i for weight i
        for (int i = 0; i < HALF; i++) {
            int pair = weights.get(high + HIGH_BYTES + i);
            to[from + i] = scale * low(pair, bits, i) + minimum;
            to[from + HALF + i] = scale * high(pair, bits, i) + minimum;
        }
    }

    static void multiply0(
            ByteArray weights, int at, Int8Array x, FloatArray scales, FloatArray sums, int b, float[] lanes) {
        float scale = Float16.get(weights, at);
        multiply(weights, at + Q5_0_HIGH, scale, -ZERO * scale, x, scales, sums, b, lanes);
    }

    static void multiply1(
            ByteArray weights, int at, Int8Array x, FloatArray scales, FloatArray sums, int b, float[] lanes) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        multiply(weights, at + Q5_1_HIGH, scale, minimum, x, scales, sums, b, lanes);
    }

    private static void multiply(
            ByteArray weights,
            int high,
            float scale,
            float minimum,
            Int8Array x,
            FloatArray scales,
            FloatArray sums,
            int b,
            float[] lanes) {
        float factor = scale * scales.get(b);
        lanes[Lanes.OFFSETS] += minimum * sums.get(b);
        int bits = ByteWords.get(weights, high); // bit i for weight i
        for (int word = 0; word < WORDS; word++) {
            int q = high + HIGH_BYTES + 4 * word;
            int column = 32 * b + 4 * word;
            lanes[word] += factor
                    * (ByteDots.fiveBits(weights, q, 0, bits, 4 * word, x, column)
                            + ByteDots.fiveBits(weights, q, 4, bits, HALF + 4 * word, x, column + HALF));
        }
    }

    /** {@return q of weight i} */
    private static int low(int pair, int bits, int i) {
        return (pair & 0xF) | (((bits >> i) & 1) << 4);
    }

    /** {@return q of weight i + 16} */
    private static int high(int pair, int bits, int i) {
        return ((pair >> 4) & 0xF) | (((bits >> (i + HALF)) & 1) << 4);
    }

    static float multiplyPart0(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        float scale = Float16.get(weights, at);
        return multiplyPart(weights, at + Q5_0_HIGH, scale, -ZERO * scale, part, x, scales, halfSums, b);
    }

    static float multiplyPart1(
            ByteArray weights, int at, int part, Int8Array x, FloatArray scales, FloatArray halfSums, int b) {
        float scale = Float16.get(weights, at);
        float minimum = Float16.get(weights, at + 2);
        return multiplyPart(weights, at + Q5_1_HIGH, scale, minimum, part, x, scales, halfSums, b);
    }

    /** Weights 4p … 4p + 3 of both halves. Two parts share out what the minimum adds to a half's products. */
    private static float multiplyPart(
            ByteArray weights,
            int high,
            float scale,
            float minimum,
            int part,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int b) {
        int q = high + HIGH_BYTES + 4 * part;
        int column = 32 * b + 4 * part;
        int from = part % 2 * 4;
        int dot = ByteDots.fiveBits(weights, q, 0, weights.get(high + part / 2), from, x, column)
                + ByteDots.fiveBits(weights, q, 4, weights.get(high + 2 + part / 2), from, x, column + HALF);
        return scale * scales.get(b) * dot + 0.5f * minimum * halfSums.get(2 * b + part / 2);
    }

    static int integer0(ByteArray weights, int at, int i) {
        return integer(weights, at + Q5_0_HIGH, i) - 16;
    }

    static int integer1(ByteArray weights, int at, int i) {
        return integer(weights, at + Q5_1_HIGH, i);
    }

    private static int integer(ByteArray weights, int high, int i) {
        int lower = (weights.get(high + HIGH_BYTES + i % HALF) >> (i / HALF * 4)) & 0xF;
        return lower | (((weights.get(high + i / 8) >> (i % 8)) & 1) << 4);
    }

    /** {@return q of weights i … i + 3 of a block of Q5_0, a byte each} */
    static int four0(ByteArray weights, int at, int i) {
        return four(weights, at + Q5_0_HIGH, i);
    }

    /** {@return q of weights i … i + 3 of a block of Q5_1, a byte each} */
    static int four1(ByteArray weights, int at, int i) {
        return four(weights, at + Q5_1_HIGH, i);
    }

    /** Bit k of four, times 1 + 2^7 + 2^14 + 2^21, is bit 8 k among others. */
    private static int four(ByteArray weights, int high, int i) {
        int lower = (ByteWords.get(weights, high + HIGH_BYTES + (i & (HALF - 1))) >> (i / HALF * 4)) & 0x0F0F0F0F;
        int bits = (weights.get(high + i / 8) >> (i & 4)) & 0xF;
        return lower | (bits * (0x204081 << 4) & 0x10101010);
    }
}
