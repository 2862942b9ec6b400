package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/** Q8_0: 32 weights of eight bits. A binary16 scale d, then 32 signed bytes q; a weight is d · q. */
final class Q8Block {
    private static final int BLOCK = 32;
    private static final int WORDS = 8;
    private static final int BYTES = 2;

    private Q8Block() {}

    static void decode(ByteArray weights, int at, float[] to, int from) {
        float scale = Float16.get(weights, at);
        for (int i = 0; i < BLOCK; i++) {
            to[from + i] = scale * weights.get(at + BYTES + i);
        }
    }

    static void multiply(ByteArray weights, int at, Int8Array x, FloatArray scales, int b, float[] lanes) {
        float factor = Float16.get(weights, at) * scales.get(b);
        for (int word = 0; word < WORDS; word++) {
            lanes[word] += factor * ByteDots.signed(weights, at + BYTES + 4 * word, x, BLOCK * b + 4 * word);
        }
    }

    static float multiplyPart(ByteArray weights, int at, int part, Int8Array x, FloatArray scales, int b) {
        int q = at + BYTES + 8 * part;
        int column = BLOCK * b + 8 * part;
        int dot = ByteDots.signed(weights, q, x, column) + ByteDots.signed(weights, q + 4, x, column + 4);
        return Float16.get(weights, at) * scales.get(b) * dot;
    }

    static int integer(ByteArray weights, int at, int i) {
        return weights.get(at + BYTES + i);
    }
}
