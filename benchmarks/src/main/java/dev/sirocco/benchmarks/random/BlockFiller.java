package dev.sirocco.benchmarks.random;

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
            case BF16 ->
                out.putShort(
                        (short) (Float.floatToIntBits(mean + deviation * random.nextUnitDeviation()) >> Short.SIZE));
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
            case Q4_1 -> fill(out, format, random, deviation, 4.610f, 0, -7.5f);
            case Q5_0 -> fill(out, format, random, deviation, 9.247f, 0);
            case Q5_1 -> fill(out, format, random, deviation, 9.233f, 0, -15.5f);
            case Q2_K -> fill(out, format, random, deviation, 13.87f, 80, 1.5f);
            case Q3_K -> fill(out, format, random, deviation, 43.34f, 108);
            case Q4_K -> fill(out, format, random, deviation, 258.3f, 0, 7.5f);
            case Q5_K -> fill(out, format, random, deviation, 526.9f, 0, 15.5f);
            case Q6_K -> fill(out, format, random, deviation, 1365.7f, 208);
            case IQ4_NL -> fill(out, format, random, deviation, 67.439f, 0);
            case IQ4_XS -> fill(out, format, random, deviation, 1246.25f, 0);
        }
    }

    /**
     * Puts a block of random bits, in which scales, of both signs, are then set.
     *
     * @param unit    standard deviation of the weights when the scale is 1
     * @param scaleAt where the block's scale is
     */
    private static void fill(
            ByteBuffer out, WeightFormat format, SplitMix random, float deviation, float unit, int scaleAt) {
        int begin = out.position();
        int end = begin + format.blockBytes();
        while (out.position() + Long.BYTES <= end) {
            out.putLong(random.next());
        }
        while (out.position() < end) {
            out.put((byte) random.next());
        }
        float sign = random.next() < 0 ? -1 : 1;
        out.putShort(begin + scaleAt, scale(sign * deviation, unit, random));
    }

    /** Does the same for a format with minima, whose scale follows and makes the mean 0. */
    private static void fill(
            ByteBuffer out,
            WeightFormat format,
            SplitMix random,
            float deviation,
            float unit,
            int scaleAt,
            float minimum) {
        int begin = out.position();
        fill(out, format, random, deviation, unit, scaleAt);
        float scale = Float.float16ToFloat(out.getShort(begin + scaleAt));
        out.putShort(begin + scaleAt + Short.BYTES, Float.floatToFloat16(minimum * scale));
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
