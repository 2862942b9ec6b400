package dev.sirocco.tasks.blocks;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/** Four bytes at once, for what is taken out of them by shifts: bits that belong to several weights or scales. */
final class ByteWords {
    private ByteWords() {}

    /**
     * {@return the int whose bytes begin at {@code at}}
     *
     * @param bytes little-endian
     * @param at    index of the first byte
     */
    @WordLoad
    static int get(ByteArray bytes, int at) {
        return unsigned(bytes.get(at))
                | (unsigned(bytes.get(at + 1)) << 8)
                | (unsigned(bytes.get(at + 2)) << 16)
                | (bytes.get(at + 3) << 24);
    }

    /** {@return a byte without its sign} {@code & 0xFF} is not for all runtimes. */
    private static int unsigned(int value) {
        return (value & 0x7F) | (((value >> 7) & 1) << 7);
    }
}
