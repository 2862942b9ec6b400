package dev.sirocco.model.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the header of a file front to back, never past its end and never more than {@link #MAX_HEADER_BYTES}: what is
 * copied to the heap is bounded by that, whatever lengths the file claims.
 */
final class GgufCursor {
    /** The largest headers known, vocabularies of 260,000 pieces with a JSON copy of them, have about 30 MiB. */
    static final long MAX_HEADER_BYTES = 128L << 20;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private long position;

    GgufCursor(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** {@return offset of the next byte, from the beginning of the file} */
    long position() {
        return position;
    }

    /** {@return bytes that may still be read} */
    long remaining() {
        return Math.min(bytes.byteSize(), MAX_HEADER_BYTES) - position;
    }

    int u8(String what) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, advance(1, what)));
    }

    long u32(String what) {
        return Integer.toUnsignedLong(bytes.get(INT, advance(Integer.BYTES, what)));
    }

    /** {@return 64 bits; values from 2^63 come out negative} */
    long u64(String what) {
        return bytes.get(LONG, advance(Long.BYTES, what));
    }

    /**
     * {@return a count that the rest of the header can hold}
     *
     * @param elementBytes the least that one of the counted things takes
     */
    int count(String what, long elementBytes) {
        long at = position;
        long count = u64(what);
        if (count < 0 || count > remaining() / elementBytes) {
            throw fail(
                    at, what + " is " + Long.toUnsignedString(count) + ", more than the " + shortage() + " can hold");
        }
        return (int) count;
    }

    byte[] bytes(long length, String what) {
        byte[] copy = new byte[(int) length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, advance(length, what), copy, 0, copy.length);
        return copy;
    }

    /** {@return a string: its length in 64 bits, then that many bytes of UTF-8} */
    String string(String what) {
        long at = position;
        long length = u64(what);
        if (length < 0 || length > remaining()) {
            throw fail(
                    at,
                    what + " has " + Long.toUnsignedString(length) + " bytes, more than the " + shortage()
                            + " can hold");
        }
        byte[] utf8 = bytes(length, what);
        String text = new String(utf8, StandardCharsets.UTF_8);
        // Only a string in which something was replaced, or that has this character itself, needs the slow check.
        if (text.indexOf('\ufffd') >= 0 && !isUtf8(utf8)) {
            throw fail(at, what + " is not valid UTF-8");
        }
        return text;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private long advance(long length, String what) {
        if (length > remaining()) {
            throw fail(position, what + " does not fit in the " + shortage() + " (truncated? download it again)");
        }
        long at = position;
        position += length;
        return at;
    }

    private String shortage() {
        return bytes.byteSize() <= MAX_HEADER_BYTES
                ? "remaining " + remaining() + " bytes of the file"
                : "rest of the " + (MAX_HEADER_BYTES >> 20) + " MiB that a header may have";
    }

    /** {@return an exception that names the file and the offset of what is wrong} */
    GgufException fail(long at, String problem) {
        return new GgufException(file, "at byte " + at + ": " + problem);
    }
}
