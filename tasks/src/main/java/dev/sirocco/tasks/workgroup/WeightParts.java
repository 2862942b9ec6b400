package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.float16.Float16;
import dev.sirocco.tasks.matmul.ByteDots;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/**
 * How the block formats are read in parts of {@value #SIZE} weights. The format is a kernel's scalar: it is a constant
 * when the kernel is compiled, and the other formats' cases are gone.
 *
 * <p>A part's weights need not be neighbours: of Q4_0, part p of a block has the weights of four bytes, which are 4p …
 * 4p + 3 and 16 + 4p … 16 + 4p + 3.
 */
public final class WeightParts {
    /** Weights in a part. */
    static final int SIZE = 8;

    /** Weights that have a scale in common, and activations that do. */
    static final int GROUP = 32;

    /** Parts of a group. */
    static final int PARTS = GROUP / SIZE;

    private static final int Q4_0 = 2;
    private static final int Q4_BYTES = 18;
    private static final int Q4_ZERO = 8;
    private static final int Q8_0 = 8;
    private static final int Q8_BYTES = 34;
    private static final int SCALE_BYTES = 2;
    private static final int HALF = 16;

    private WeightParts() {}

    /** {@return the scalar that stands for a format} GGUF's number of the type. */
    static int code(WeightFormat format) {
        if (!has(format)) {
            throw missing(format);
        }
        return format.code();
    }

    /** {@return whether there are kernels made of work-groups for a format} */
    public static boolean has(WeightFormat format) {
        return switch (format) {
            case F32, F16, Q8_0, Q4_0 -> true;
            case BF16, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> false;
        };
    }

    /** {@return the formats that {@link #has} has} */
    public static List<WeightFormat> formats() {
        return Arrays.stream(WeightFormat.values()).filter(WeightParts::has).toList();
    }

    /** {@return what is thrown where {@link #has} should have been asked} */
    static IllegalArgumentException missing(WeightFormat format) {
        return new IllegalArgumentException("there are no kernels made of work-groups for weights of type " + format);
    }

    /**
     * {@return the product of a part of a row with the activations}
     *
     * @param format its {@link #code}
     * @param row    of the weights
     * @param cols   weights in a row
     * @param part   of the row
     * @param x      (1, cols), int8
     * @param scales (1, cols / 32), of x
     * @param sums   (1, cols / 32), of x
     */
    static float dot(
            int format,
            ByteArray weights,
            int row,
            int cols,
            int part,
            Int8Array x,
            FloatArray scales,
            FloatArray sums) {
        int group = part / PARTS;
        int block = row * (cols / GROUP) + group;
        return switch (format) {
            case Q4_0 -> dotQ4(weights, block * Q4_BYTES, part % PARTS * 4, x, group, scales, sums);
            default -> dotQ8(weights, block * Q8_BYTES, part % PARTS * SIZE, x, group, scales);
        };
    }

    private static float dotQ8(ByteArray weights, int block, int first, Int8Array x, int group, FloatArray scales) {
        float scale = Float16.get(weights, block);
        int at = block + SCALE_BYTES + first;
        int column = group * GROUP + first;
        int dot = ByteDots.signed(weights, at, x, column) + ByteDots.signed(weights, at + 4, x, column + 4);
        return scale * scales.get(group) * dot;
    }

    private static float dotQ4(
            ByteArray weights, int block, int first, Int8Array x, int group, FloatArray scales, FloatArray sums) {
        float scale = Float16.get(weights, block);
        int at = block + SCALE_BYTES + first;
        int column = group * GROUP + first;
        int dot = ByteDots.lowNibbles(weights, at, x, column) + ByteDots.highNibbles(weights, at, x, column + HALF);
        // Each of the four parts takes its quarter of the offset 8 · Σ x.
        return scale * (scales.get(group) * dot - (float) (Q4_ZERO / PARTS) * sums.get(group));
    }

    /**
     * {@return what the integers of a group of a row are multiplied with}
     *
     * @param group of 32 weights
     */
    static float scale(int format, ByteArray weights, int row, int cols, int group) {
        int block = row * (cols / GROUP) + group;
        int bytes = switch (format) {
            case Q4_0 -> Q4_BYTES;
            default -> Q8_BYTES;
        };
        return Float16.get(weights, block * bytes);
    }

    /**
     * Writes the integers of a part, offsets subtracted, to local memory.
     *
     * @param integers (32), of the part's group, from {@code at} on
     */
    static void unpack(int format, ByteArray weights, int row, int cols, int part, byte[] integers, int at) {
        int block = row * (cols / GROUP) + part / PARTS;
        switch (format) {
            case Q4_0 -> {
                int first = part % PARTS * 4;
                for (int i = 0; i < 4; i++) {
                    int pair = weights.get(block * Q4_BYTES + SCALE_BYTES + first + i);
                    integers[at + first + i] = (byte) ((pair & 0xF) - Q4_ZERO);
                    integers[at + HALF + first + i] = (byte) (((pair >> 4) & 0xF) - Q4_ZERO);
                }
            }
            default -> {
                int first = part % PARTS * SIZE;
                for (int i = 0; i < SIZE; i++) {
                    integers[at + first + i] = weights.get(block * Q8_BYTES + SCALE_BYTES + first + i);
                }
            }
        }
    }

    /**
     * Writes the weights of a part in fp32.
     *
     * @param out from {@code at} on, the elements of the part's group
     */
    static void decode(int format, ByteArray weights, int row, int cols, int part, FloatArray out, int at) {
        int block = row * (cols / GROUP) + part / PARTS;
        float scale = scale(format, weights, row, cols, part / PARTS);
        switch (format) {
            case Q4_0 -> {
                int first = part % PARTS * 4;
                for (int i = 0; i < 4; i++) {
                    int pair = weights.get(block * Q4_BYTES + SCALE_BYTES + first + i);
                    out.set(at + first + i, scale * ((pair & 0xF) - Q4_ZERO));
                    out.set(at + HALF + first + i, scale * (((pair >> 4) & 0xF) - Q4_ZERO));
                }
            }
            default -> {
                int first = part % PARTS * SIZE;
                for (int i = 0; i < SIZE; i++) {
                    out.set(at + first + i, scale * weights.get(block * Q8_BYTES + SCALE_BYTES + first + i));
                }
            }
        }
    }
}
