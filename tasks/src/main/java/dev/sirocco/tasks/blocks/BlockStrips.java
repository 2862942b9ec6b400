package dev.sirocco.tasks.blocks;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * Products of rows whose bytes are shared out in strips of sixteen, wherever blocks begin: a strip is one load, where a
 * part of a block of 34 or 18 bytes is several of two bytes. For that the activations are laid out like a row of
 * weights, with zeros where a block has its scale. Then a word of weights belongs to the word of activations at the
 * same place, and no word to two blocks: a block begins with its scale, and what of a word is a scale adds nothing.
 *
 * <p>It is for formats that have all of a weight in one place, in blocks that are longer than a strip, and for rows
 * that are whole strips: those of 256 weights, or a multiple. The second half of a block of nibbles has its activations
 * after those of all first halves.
 */
public final class BlockStrips {
    /** Bytes of a strip. */
    public static final int SIZE = 16;

    /** A layout of activations: one after the other. The others are numbers of {@link BlockFormat}. */
    public static final int PLAIN = 0;

    /** What kernels have added to a number of {@link BlockFormat} when they are to read strips. */
    public static final int READ = 64;

    private static final int WEIGHTS = 32;
    private static final int HALF = 16;
    private static final float Q4_0_ZERO = 8f;

    private BlockStrips() {}

    /** {@return whether rows of so many weights can be read in strips} */
    public static boolean fit(int format, int cols) {
        return switch (format) {
            case BlockFormat.Q8_0, BlockFormat.Q4_0, BlockFormat.Q4_1, BlockFormat.IQ4_NL ->
                rowBytes(format, cols) % SIZE == 0;
            default -> false;
        };
    }

    /** {@return bytes that so many activations take at most, in any layout} */
    public static int mostBytes(int cols) {
        return 2 * rowBytes(BlockFormat.Q4_1, cols);
    }

    /** {@return bytes of a row of weights} */
    public static int rowBytes(int format, int cols) {
        return cols / WEIGHTS * BlockFormat.bytes(format);
    }

    /**
     * {@return where an activation lies}
     *
     * @param layout of the activations
     * @param cols   their number
     * @param block  of 32 activations
     * @param i      of the block
     */
    public static int place(int layout, int cols, int block, int i) {
        return switch (layout) {
            case PLAIN -> block * WEIGHTS + i;
            case BlockFormat.Q8_0 -> block * BlockFormat.bytes(layout) + header(layout) + i;
            default ->
                i / HALF * rowBytes(layout, cols) + block * BlockFormat.bytes(layout) + header(layout) + i % HALF;
        };
    }

    /** Writes the zeros that belong to a block. */
    public static void clear(int layout, int cols, int block, Int8Array values) {
        int at = block * BlockFormat.bytes(layout);
        int header = header(layout);
        for (int i = 0; i < header; i++) {
            values.set(at + i, (byte) 0);
            if (layout != BlockFormat.Q8_0) {
                values.set(rowBytes(layout, cols) + at + i, (byte) 0);
            }
        }
    }

    /**
     * Lays activations out that lie one after the other; no kernel.
     *
     * @param plain  (1, cols)
     * @param values where they go
     */
    public static void layOut(int layout, int cols, Int8Array plain, Int8Array values) {
        for (int block = 0; block < cols / WEIGHTS; block++) {
            clear(layout, cols, block, values);
            for (int i = 0; i < WEIGHTS; i++) {
                values.set(place(layout, cols, block, i), plain.get(block * WEIGHTS + i));
            }
        }
    }

    /** {@return bytes of a block before its weights} */
    private static int header(int format) {
        return switch (format) {
            case BlockFormat.Q8_0, BlockFormat.Q4_0, BlockFormat.IQ4_NL -> 2;
            case BlockFormat.Q4_1 -> 4;
            default -> 0;
        };
    }

    /**
     * {@return the product of a strip} The block that begins in it adds what its offset takes from all its weights.
     *
     * @param format   a number of {@link BlockFormat} for which rows {@link #fit}
     * @param weights  rows
     * @param row      byte at which the strip's row begins
     * @param at       byte of the row at which the strip begins
     * @param x        (1, cols), int8, laid out as the format is, 32 to a scale
     * @param scales   (1, cols / 32), of x
     * @param halfSums (1, cols / 16), of x: scale · Σ x
     * @param cols     weights of a row
     */
    public static float multiply(
            int format,
            ByteArray weights,
            int row,
            int at,
            Int8Array x,
            FloatArray scales,
            FloatArray halfSums,
            int cols) {
        int bytes = BlockFormat.bytes(format);
        int next = (at + bytes - 1) / bytes; // the first block that does not begin before the strip
        int split = next * bytes - at; // bytes until then; from 16 on it begins after the strip
        int left = TornadoMath.max(next - 1, 0);
        int right = TornadoMath.min(next, cols / WEIGHTS - 1);
        int second = rowBytes(format, cols); // where activations of second halves begin
        int dot0 = dot(format, weights, row + at, x, at, second);
        int dot1 = dot(format, weights, row + at + 4, x, at + 4, second);
        int dot2 = dot(format, weights, row + at + 8, x, at + 8, second);
        int dot3 = dot(format, weights, row + at + 12, x, at + 12, second);
        int leftDot = (dot0 & before(0, split))
                + (dot1 & before(4, split))
                + (dot2 & before(8, split))
                + (dot3 & before(12, split));
        int rightDot = dot0 + dot1 + dot2 + dot3 - leftDot;
        float product = Float16.get(weights, row + left * bytes) * scales.get(left) * leftDot
                + Float16.get(weights, row + right * bytes) * scales.get(right) * rightDot;
        if (format == BlockFormat.Q4_0 || format == BlockFormat.Q4_1) {
            float sum = halfSums.get(2 * right) + halfSums.get(2 * right + 1);
            product += offset(format, weights, row + right * bytes) * (split < SIZE ? sum : 0f);
        }
        return product;
    }

    /** {@return all ones if a word of the strip begins before a byte, else 0} */
    private static int before(int word, int split) {
        return (word - split) >> 31;
    }

    /** {@return the product of the word at byte {@code i} with the activations at {@code j}} */
    private static int dot(int format, ByteArray weights, int i, Int8Array x, int j, int second) {
        return switch (format) {
            case BlockFormat.Q8_0 -> ByteDots.signed(weights, i, x, j);
            case BlockFormat.IQ4_NL -> Iq4Block.nibbles(weights, i, x, j, second + j);
            default -> ByteDots.bits(weights, i, 0, 0xF, x, j) + ByteDots.bits(weights, i, 4, 0xF, x, second + j);
        };
    }

    /** {@return what is added to each weight of the block at byte {@code at}} */
    private static float offset(int format, ByteArray weights, int at) {
        return format == BlockFormat.Q4_0 ? -Q4_0_ZERO * Float16.get(weights, at) : Float16.get(weights, at + 2);
    }
}
