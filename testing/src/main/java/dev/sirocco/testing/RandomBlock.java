package dev.sirocco.testing;

import java.util.random.RandomGenerator;

/** Random bytes as blocks: quantised bits take every value that they can have, and scales both signs. */
public final class RandomBlock {
    private RandomBlock() {}

    /**
     * {@return a block whose weights lie around 0}
     *
     * @param format    GGUF's name of it, such as {@code Q4_K}
     * @param weights   in a block
     * @param bytes     of a block
     * @param deviation of the weights, from which a block's may differ by half
     */
    public static byte[] of(String format, int weights, int bytes, double deviation, RandomGenerator random) {
        byte[] block = new byte[bytes];
        random.nextBytes(block);
        setScale(format, block, 1);
        double squares = 0;
        for (int i = 0; i < weights; i++) {
            double weight = BlockReference.weight(format, block, i);
            squares += weight * weight;
        }
        double unit = Math.sqrt(squares / weights);
        double sign = random.nextBoolean() ? 1 : -1;
        setScale(format, block, sign * deviation / unit * random.nextDouble(0.5, 1.5));
        return block;
    }

    /** Sets the scale of the whole block, and that of its minima so that they take the mean. */
    private static void setScale(String format, byte[] block, double scale) {
        switch (format) {
            case "Q8_0", "Q4_0", "Q5_0", "IQ4_NL", "IQ4_XS" -> half(block, 0, scale);
            case "Q4_1" -> both(block, 0, scale, -7.5);
            case "Q5_1" -> both(block, 0, scale, -15.5);
            case "Q2_K" -> both(block, 80, scale, 1.5);
            case "Q3_K" -> half(block, 108, scale);
            case "Q4_K" -> both(block, 0, scale, 7.5);
            case "Q5_K" -> both(block, 0, scale, 15.5);
            case "Q6_K" -> half(block, 208, scale);
            default -> throw new IllegalArgumentException(format + " has no blocks");
        }
    }

    private static void both(byte[] block, int at, double scale, double ratio) {
        half(block, at, scale);
        half(block, at + 2, ratio * scale);
    }

    private static void half(byte[] block, int at, double value) {
        short bits = Float.floatToFloat16((float) value);
        block[at] = (byte) bits;
        block[at + 1] = (byte) (bits >> 8);
    }
}
