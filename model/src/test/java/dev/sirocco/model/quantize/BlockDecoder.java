package dev.sirocco.model.quantize;

import dev.sirocco.model.gguf.GgmlType;

/**
 * The weights of a block, one at a time, as the description of the format defines each: nothing is shared with the code
 * that makes blocks or multiplies by them.
 */
final class BlockDecoder {
    private static final int[] IQ4 = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    private final byte[] block;

    private BlockDecoder(byte[] block) {
        this.block = block;
    }

    static double weight(GgmlType type, byte[] block, int i) {
        BlockDecoder b = new BlockDecoder(block);
        int nibble32 = i < 16 ? 0 : 4;
        return switch (type) {
            case F32 -> Float.intBitsToFloat(b.u16(0) | b.u16(2) << 16);
            case F16 -> b.half(0);
            case BF16 -> Float.intBitsToFloat(b.u16(0) << 16);
            case Q8_0 -> b.half(0) * block[2 + i];
            case Q4_0 -> b.half(0) * (b.bits(2 + i % 16, nibble32, 4) - 8);
            case Q4_1 -> b.half(0) * b.bits(4 + i % 16, nibble32, 4) + b.half(2);
            case Q5_0 -> b.half(0) * (b.bits(6 + i % 16, nibble32, 4) + 16 * b.bits(2 + i / 8, i % 8, 1) - 16);
            case Q5_1 -> b.half(0) * (b.bits(8 + i % 16, nibble32, 4) + 16 * b.bits(4 + i / 8, i % 8, 1)) + b.half(2);
            case IQ4_NL -> b.half(0) * IQ4[b.bits(2 + i % 16, nibble32, 4)];
            case Q2_K ->
                b.half(80) * b.bits(i / 16, 0, 4) * b.bits(16 + i / 128 * 32 + i % 32, i % 128 / 32 * 2, 2)
                        - b.half(82) * b.bits(i / 16, 4, 4);
            case Q3_K ->
                b.half(108)
                        * (b.sixBits(96, i / 16) - 32)
                        * (b.bits(32 + i / 128 * 32 + i % 32, i % 128 / 32 * 2, 2) + 4 * b.bits(i % 32, i / 32, 1) - 4);
            case Q4_K -> b.withMinimum(i, b.bits(16 + i / 64 * 32 + i % 32, i % 64 / 32 * 4, 4));
            case Q5_K ->
                b.withMinimum(
                        i, b.bits(48 + i / 64 * 32 + i % 32, i % 64 / 32 * 4, 4) + 16 * b.bits(16 + i % 32, i / 32, 1));
            case Q6_K ->
                b.half(208)
                        * block[192 + i / 16]
                        * (b.bits(i / 128 * 64 + i % 64, i % 128 / 64 * 4, 4)
                                + 16 * b.bits(128 + i / 128 * 32 + i % 32, i % 128 / 32 * 2, 2)
                                - 32);
            case IQ4_XS ->
                b.half(0)
                        * (b.bits(4 + i / 64, i / 32 % 2 * 4, 4) + 16 * (b.u16(2) >> i / 32 * 2 & 3) - 32)
                        * IQ4[b.bits(8 + i / 32 * 16 + i % 16, i % 32 / 16 * 4, 4)];
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** Q4_K and Q5_K: eight scales and eight minimums of six bits in the bytes from 4 on. */
    private double withMinimum(int i, int q) {
        int group = i / 32;
        int scale;
        int minimum;
        if (group < 4) {
            scale = bits(4 + group, 0, 6);
            minimum = bits(8 + group, 0, 6);
        } else {
            scale = bits(8 + group, 0, 4) + 16 * bits(group, 6, 2);
            minimum = bits(8 + group, 4, 4) + 16 * bits(4 + group, 6, 2);
        }
        return half(0) * scale * q - half(2) * minimum;
    }

    /** Q3_K: sixteen scales of which the low four bits lie in eight bytes and the high two in four. */
    private int sixBits(int at, int group) {
        return bits(at + group % 8, group / 8 * 4, 4) + 16 * bits(at + 8 + group % 4, group / 4 * 2, 2);
    }

    private int bits(int at, int shift, int count) {
        return (block[at] & 255) >> shift & (1 << count) - 1;
    }

    private int u16(int at) {
        return block[at] & 255 | (block[at + 1] & 255) << 8;
    }

    private double half(int at) {
        return Float.float16ToFloat((short) u16(at));
    }
}
