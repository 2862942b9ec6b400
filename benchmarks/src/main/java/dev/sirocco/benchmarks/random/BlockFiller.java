package dev.sirocco.benchmarks.random;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.nio.ByteBuffer;

/** Draws weights straight in the format that they are stored in. */
final class BlockFiller {
    private static final int BLOCK = 32;
    private static final long SIGN_BITS = 0x8080_8080_8080_8080L;
    private static final long NIBBLE_ONES = 0x1111_1111_1111_1111L;

    /** Standard deviation of a whole number drawn evenly from -127 … 127. */
    private static final float Q8_0_DEVIATION = (float) Math.sqrt(127.0 * 128 / 3);

    /** Standard deviation of -7 … 7 where 0 is twice as likely as each other. */
    private static final float Q4_0_DEVIATION = (float) Math.sqrt(2 * 140 / 16.0);

    private BlockFiller() {}

    /** {@return the number by which a file knows the format} */
    static GgmlType type(WeightFormat format) {
        return switch (format) {
            case F32 -> GgmlType.F32;
            case F16 -> GgmlType.F16;
            case Q8_0 -> GgmlType.Q8_0;
            case Q4_0 -> GgmlType.Q4_0;
        };
    }

    /** {@return the value of {@code general.file_type} for matrices of the format; source: llama_ftype of llama.h} */
    static int fileType(WeightFormat format) {
        return switch (format) {
            case F32 -> 0;
            case F16 -> 1;
            case Q4_0 -> 2;
            case Q8_0 -> 7;
        };
    }

    /**
     * Puts one block, which is one weight of a plain format.
     *
     * @param out       little endian
     * @param mean      of the weights; must be 0 for quantised formats
     * @param deviation standard deviation of the weights
     */
    static void fill(ByteBuffer out, WeightFormat format, SplitMix random, float mean, float deviation) {
        if (mean != 0 && format.blockSize() > 1) {
            throw new IllegalArgumentException("quantised blocks are drawn around 0, not around " + mean);
        }
        switch (format) {
            case F32 -> out.putFloat(mean + deviation * random.nextUnitDeviation());
            case F16 -> out.putShort(Float.floatToFloat16(mean + deviation * random.nextUnitDeviation()));
            case Q8_0 -> {
                out.putShort(scale(deviation, Q8_0_DEVIATION, random));
                for (int i = 0; i < BLOCK; i += Long.BYTES) {
                    out.putLong(withoutMinimum(random.next()));
                }
            }
            case Q4_0 -> {
                out.putShort(scale(deviation, Q4_0_DEVIATION, random));
                for (int i = 0; i < BLOCK / 2; i += Long.BYTES) {
                    out.putLong(withoutZeroNibbles(random.next()));
                }
            }
        }
    }

    /** Quantisers never give -128, and kernels may rely on that: bytes of 0x80 become 0x81. */
    private static long withoutMinimum(long bytes) {
        long magnitude = bytes & ~SIGN_BITS;
        long zero = ~((magnitude + ~SIGN_BITS) | magnitude) & SIGN_BITS;
        return bytes | (zero & bytes) >>> 7;
    }

    /** A nibble of 0 stands for -8, which has no counterpart: it becomes 8, so that the mean is 0. */
    private static long withoutZeroNibbles(long nibbles) {
        long any = nibbles | nibbles >>> 1 | nibbles >>> 2 | nibbles >>> 3;
        return nibbles | (~any & NIBBLE_ONES) << 3;
    }

    /** Scales differ from block to block by up to a quarter, so that a kernel that mixes them up is found out. */
    private static short scale(float deviation, float unitDeviation, SplitMix random) {
        float jitter = 1 + random.nextUnitDeviation() * 0.25f / SplitMix.LARGEST_DEVIATION;
        return Float.floatToFloat16(deviation / unitDeviation * jitter);
    }
}
