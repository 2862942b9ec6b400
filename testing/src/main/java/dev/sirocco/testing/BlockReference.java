package dev.sirocco.testing;

/**
 * What a block's bytes stand for, one weight at a time and bit by bit, written from the description of the formats in
 * GGUF's documentation and ggml-common.h. Slow; shares nothing with the kernels.
 */
public final class BlockReference {
    private static final int[] LEVELS = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    private final byte[] block;

    private BlockReference(byte[] block) {
        this.block = block;
    }

    /**
     * {@return weight i of a block}
     *
     * @param format GGUF's name of it, such as {@code Q4_K}
     */
    public static double weight(String format, byte[] block, int i) {
        return new BlockReference(block).weight(format, i);
    }

    private double weight(String format, int i) {
        return switch (format) {
            case "Q8_0" -> half(0) * block[2 + i];
            case "Q4_0" -> half(0) * (nibble(2, i) - 8);
            case "Q4_1" -> half(0) * nibble(4, i) + half(2);
            case "Q5_0" -> half(0) * (nibble(6, i) + 16 * bits(8 * 2 + i, 1) - 16);
            case "Q5_1" -> half(0) * (nibble(8, i) + 16 * bits(8 * 4 + i, 1)) + half(2);
            case "IQ4_NL" -> half(0) * LEVELS[nibble(2, i)];
            case "IQ4_XS" -> {
                int group = i / 32;
                int scale = bits(8 * 4 + 4 * group, 4) + 16 * bits(8 * 2 + 2 * group, 2) - 32;
                yield half(0) * scale * LEVELS[nibble(8 + 16 * group, i % 32)];
            }
            case "Q2_K" -> {
                int group = i / 16;
                int q = bits(8 * (16 + i / 128 * 32 + i % 32) + i % 128 / 32 * 2, 2);
                yield half(80) * bits(8 * group, 4) * q - half(82) * bits(8 * group + 4, 4);
            }
            case "Q3_K" -> {
                int group = i / 16;
                int low = bits(8 * (32 + i / 128 * 32 + i % 32) + i % 128 / 32 * 2, 2);
                int high = bits(8 * (i % 32) + i / 32, 1);
                int scaleLow = bits(8 * (96 + group % 8) + group / 8 * 4, 4);
                int scaleHigh = bits(8 * (104 + group % 4) + group / 4 * 2, 2);
                yield half(108) * (scaleLow + 16 * scaleHigh - 32) * (low + 4 * high - 4);
            }
            case "Q4_K" -> half(0) * scale(i / 32) * pairNibble(16, i) - half(2) * minimum(i / 32);
            case "Q5_K" -> {
                int high = bits(8 * (16 + i % 32) + i / 32, 1);
                yield half(0) * scale(i / 32) * (pairNibble(48, i) + 16 * high) - half(2) * minimum(i / 32);
            }
            case "Q6_K" -> {
                int within = i % 128;
                int low = bits(8 * (i / 128 * 64 + within % 64) + within / 64 * 4, 4);
                int high = bits(8 * (128 + i / 128 * 32 + i % 32) + within / 32 * 2, 2);
                yield half(208) * block[192 + i / 16] * (low + 16 * high - 32);
            }
            default -> throw new IllegalArgumentException(format + " has no blocks");
        };
    }

    /** The scale of group g of Q4_K and Q5_K, whose 12 bytes of scales and minima begin at byte 4. */
    private int scale(int g) {
        return g < 4 ? bits(8 * (4 + g), 6) : bits(8 * (8 + g), 4) + 16 * bits(8 * g + 6, 2);
    }

    private int minimum(int g) {
        return g < 4 ? bits(8 * (8 + g), 6) : bits(8 * (8 + g) + 4, 4) + 16 * bits(8 * (4 + g) + 6, 2);
    }

    /** Weight i of 32 whose first half is in low and whose second half is in high nibbles. */
    private int nibble(int at, int i) {
        return bits(8 * (at + i % 16) + i / 16 * 4, 4);
    }

    /** Weight i of 256 of which each 64 have 32 in low and 32 in high nibbles. */
    private int pairNibble(int at, int i) {
        return bits(8 * (at + i / 64 * 32 + i % 32) + i % 64 / 32 * 4, 4);
    }

    /** {@return {@code count} bits of the block from bit {@code from} on, which are in one byte} */
    private int bits(int from, int count) {
        return Byte.toUnsignedInt(block[from / 8]) / (1 << from % 8) % (1 << count);
    }

    private double half(int at) {
        return Float.float16ToFloat((short) (Byte.toUnsignedInt(block[at]) + 256 * block[at + 1]));
    }
}
