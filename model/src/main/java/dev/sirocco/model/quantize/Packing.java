package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** How the formats lay out numbers of less than a byte. */
final class Packing {
    private Packing() {}

    /** Puts 16 bytes: the low nibbles are those of 16 numbers from {@code from} on, the high ones of the next. */
    static void nibbles(int[] q, int from, ByteBuffer block) {
        for (int i = from; i < from + 16; i++) {
            block.put((byte) (q[i] & 15 | (q[i + 16] & 15) << 4));
        }
    }

    /** Puts the nibbles of 256 numbers: of 64 each, the first 32 low and the other 32 high. */
    static void nibblesBy64(int[] q, ByteBuffer block) {
        for (int part = 0; part < 256; part += 64) {
            for (int i = part; i < part + 32; i++) {
                block.put((byte) (q[i] & 15 | (q[i + 32] & 15) << 4));
            }
        }
    }

    /** Puts the fifth bits of 32 numbers as one word. */
    static void fifthBits(int[] q, ByteBuffer block) {
        int bits = 0;
        for (int i = 0; i < 32; i++) {
            bits |= (q[i] >> 4 & 1) << i;
        }
        block.putInt(bits);
    }

    /** Puts two bits, from bit {@code shift} on, of 256 numbers: a byte has those of four that are 32 apart. */
    static void pairs(int[] q, int shift, ByteBuffer block) {
        for (int part = 0; part < 256; part += 128) {
            for (int i = part; i < part + 32; i++) {
                int packed = 0;
                for (int k = 0; k < 4; k++) {
                    packed |= (q[i + 32 * k] >> shift & 3) << 2 * k;
                }
                block.put((byte) packed);
            }
        }
    }

    /** Puts eight scales and eight minimums of 6 bits as 12 bytes. */
    static void scalesAndMinimums(int[] scales, int[] minimums, ByteBuffer block) {
        byte[] packed = new byte[12];
        for (int g = 0; g < 4; g++) {
            packed[g] = (byte) (scales[g] | scales[g + 4] >> 4 << 6);
            packed[g + 4] = (byte) (minimums[g] | minimums[g + 4] >> 4 << 6);
            packed[g + 8] = (byte) (scales[g + 4] & 15 | (minimums[g + 4] & 15) << 4);
        }
        block.put(packed);
    }
}
