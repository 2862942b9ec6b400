package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * IQ4_NL and IQ4_XS: weights of four bits that number 16 levels at unequal distances: −127, −104, −83, −65, −49, −35,
 * −22, −10, 1, 13, 25, 38, 53, 69, 89, 113.
 *
 * <p>IQ4_NL: 32 weights; a binary16 scale d, then 16 bytes, whose low nibbles are q of weights 0–15 and whose high
 * nibbles are q of weights 16–31; a weight is d · level(q). IQ4_XS: 256 weights in eight groups of 32 with a scale s of
 * six bits each; a binary16 scale d; two bytes with the upper two bits of the s, group 0 lowest; four bytes with their
 * lower four bits, group 0 in the first low nibble; 128 bytes with the weights, 16 a group as in IQ4_NL. A weight is
 * d · (s − 32) · level(q).
 */
final class Iq4Block {
    private static final int HALF = 16;
    private static final int WORDS = 4;
    private static final int NL_NIBBLES = 2;
    private static final int XS_UPPER = 2;
    private static final int XS_LOWER = 4;
    private static final int XS_NIBBLES = 8;
    private static final int GROUPS = 8;

    private static final float C0 = -4.3012f;
    private static final float C1 = 11.5172f;
    private static final float C2 = -0.137193f;
    private static final float C3 = 0.0786677f;
    private static final float C4 = 0.00158604f;

    private Iq4Block() {}

    static void decodeNl(ByteArray weights, int at, float[] to, int from) {
        decode(weights, at + NL_NIBBLES, Float16.get(weights, at), to, from);
    }

    static void decodeXs(ByteArray weights, int at, float[] to, int from) {
        for (int group = 0; group < GROUPS; group++) {
            decode(weights, at + XS_NIBBLES + HALF * group, groupScale(weights, at, group), to, from + 32 * group);
        }
    }

    private static void decode(ByteArray weights, int nibbles, float scale, float[] to, int from) {
        for (int i = 0; i < HALF; i++) {
            int pair = weights.get(nibbles + i);
            to[from + i] = scale * level(pair & 0xF);
            to[from + HALF + i] = scale * level((pair >> 4) & 0xF);
        }
    }

    static void multiplyNl(ByteArray weights, int at, Int8Array x, FloatArray scales, int b, float[] lanes) {
        multiply(weights, at + NL_NIBBLES, Float16.get(weights, at), x, scales, b, lanes);
    }

    static void multiplyXs(ByteArray weights, int at, Int8Array x, FloatArray scales, int b, float[] lanes) {
        for (int group = 0; group < GROUPS; group++) {
            int nibbles = at + XS_NIBBLES + HALF * group;
            multiply(weights, nibbles, groupScale(weights, at, group), x, scales, b + group, lanes);
        }
    }

    private static void multiply(
            ByteArray weights, int nibbles, float scale, Int8Array x, FloatArray scales, int b, float[] lanes) {
        float factor = scale * scales.get(b);
        for (int word = 0; word < WORDS; word++) {
            int q = nibbles + 4 * word;
            int column = 32 * b + 4 * word;
            lanes[word] += factor * nibbles(weights, q, x, column, column + HALF);
        }
    }

    /**
     * {@return the levels that {@code (b >> shift) & 0xF} of the bytes i … i + 3 number, times x from j on} A dot
     * product of bytes as those of {@link ByteDots}: a level is computed from four bits alone, which code generators
     * see, and look it up.
     *
     * @param shift a literal, 0 or 4
     */
    private static int levels(ByteArray weights, int i, int shift, Int8Array x, int j) {
        return wholeLevel((weights.get(i) >> shift) & 0xF) * x.get(j)
                + wholeLevel((weights.get(i + 1) >> shift) & 0xF) * x.get(j + 1)
                + wholeLevel((weights.get(i + 2) >> shift) & 0xF) * x.get(j + 2)
                + wholeLevel((weights.get(i + 3) >> shift) & 0xF) * x.get(j + 3);
    }

    private static float groupScale(ByteArray weights, int at, int group) {
        int lower = (weights.get(at + XS_LOWER + group / 2) >> (group % 2 * 4)) & 0xF;
        int upper = (weights.get(at + XS_UPPER + group / 4) >> (group % 4 * 2)) & 3;
        return Float16.get(weights, at) * ((lower | (upper << 4)) - 32);
    }

    /**
     * {@return the level that q, 0 to 15, numbers} A table would be read one weight at a time where compilers do not
     * know it for one; this polynomial is no further than 0.434 from the levels, so that rounding gives exactly them.
     */
    static float level(int q) {
        float t = q - 7.5f;
        float near = (((C4 * t + C3) * t + C2) * t + C1) * t + C0;
        return TornadoMath.floor(near + 0.5f);
    }

    private static int wholeLevel(int q) {
        return (int) level(q);
    }

    /** Weights 4p … 4p + 3 of both halves. */
    static float multiplyPartNl(ByteArray weights, int at, int part, Int8Array x, FloatArray scales, int b) {
        int nibbles = at + NL_NIBBLES + 4 * part;
        int dot = nibbles(weights, nibbles, x, 32 * b + 4 * part, 32 * b + HALF + 4 * part);
        return Float16.get(weights, at) * scales.get(b) * dot;
    }

    /** A group. */
    static float multiplyPartXs(ByteArray weights, int at, int part, Int8Array x, FloatArray scales, int b) {
        int dot = 0;
        for (int i = 0; i < HALF; i += 4) {
            int column = 32 * (b + part) + i;
            dot += nibbles(weights, at + XS_NIBBLES + HALF * part + i, x, column, column + HALF);
        }
        return scaleXs(weights, at, part) * scales.get(b + part) * dot;
    }

    /** {@return the products of four bytes: of their low nibbles with x from {@code low} on, of their high ones} */
    static int nibbles(ByteArray weights, int i, Int8Array x, int low, int high) {
        return levels(weights, i, 0, x, low) + levels(weights, i, 4, x, high);
    }

    static int integerNl(ByteArray weights, int at, int i) {
        return integer(weights, at + NL_NIBBLES, i);
    }

    static int integerXs(ByteArray weights, int at, int i) {
        return integer(weights, at + XS_NIBBLES + i / 32 * HALF, i % 32);
    }

    private static int integer(ByteArray weights, int nibbles, int i) {
        return wholeLevel((weights.get(nibbles + i % HALF) >> (i / HALF * 4)) & 0xF);
    }

    /** {@return what numbers the levels of weights i … i + 3 of a block of IQ4_NL, a byte each} */
    static int fourNl(ByteArray weights, int at, int i) {
        return four(weights, at + NL_NIBBLES, i);
    }

    /** {@return what numbers the levels of weights i … i + 3 of a block of IQ4_XS, a byte each} */
    static int fourXs(ByteArray weights, int at, int i) {
        return four(weights, at + XS_NIBBLES + i / 32 * HALF, i & 31);
    }

    private static int four(ByteArray weights, int nibbles, int i) {
        return (ByteWords.get(weights, nibbles + (i & (HALF - 1))) >> (i / HALF * 4)) & 0x0F0F0F0F;
    }

    /** {@return the scale of a group, as {@link #groupScale} has it} The header is two words. */
    static float scaleXs(ByteArray weights, int at, int group) {
        int header = ByteWords.get(weights, at);
        int lower = (ByteWords.get(weights, at + XS_LOWER) >> (4 * group)) & 0xF;
        int upper = (header >> (16 + 2 * group)) & 3;
        return Float16.of(header) * ((lower | (upper << 4)) - 32);
    }
}
