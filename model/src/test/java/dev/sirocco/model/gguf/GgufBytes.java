package dev.sirocco.model.gguf;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Puts a file together field by field, so that any field can be wrong. */
final class GgufBytes {
    /** The name under which hostile bytes are parsed; every message must begin with it. */
    static final Path FILE = Path.of("some", "model.gguf");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** {@return magic, version 3 and the two counts} */
    static GgufBytes header(long tensors, long keys) {
        return new GgufBytes().raw("GGUF").u32(3).u64(tensors).u64(keys);
    }

    GgufBytes raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    GgufBytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    GgufBytes u8(int value) {
        out.write(value);
        return this;
    }

    GgufBytes u32(long value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array());
    }

    GgufBytes u64(long value) {
        return raw(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    GgufBytes string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u64(utf8.length).raw(utf8);
    }

    GgufBytes key(String name, GgufValueType type) {
        return string(name).u32(type.id());
    }

    GgufBytes tensor(String name, long type, long offset, long... dims) {
        string(name).u32(dims.length);
        for (long dim : dims) {
            u64(dim);
        }
        return u32(type).u64(offset);
    }

    /** Pads to the default alignment and adds data. */
    GgufBytes data(int bytes) {
        return raw(new byte[(32 - out.size() % 32) % 32]).raw(new byte[bytes]);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    GgufParser.Header parse() {
        return GgufParser.parse(FILE, MemorySegment.ofArray(bytes()));
    }
}
