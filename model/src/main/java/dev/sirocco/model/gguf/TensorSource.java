package dev.sirocco.model.gguf;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gives a tensor's data when it is written, so that a file larger than memory can be made. */
@FunctionalInterface
public interface TensorSource {
    /**
     * Writes exactly the tensor's bytes, little endian, in pieces of a size that suits the source. Called once, in the
     * order in which the tensors were added.
     */
    void writeTo(OutputStream out) throws IOException;

    static TensorSource of(byte[] bytes) {
        return out -> out.write(bytes);
    }

    /** {@return a source of {@code F32} data} */
    static TensorSource of(float... values) {
        return out -> {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            out.write(bytes.array());
        };
    }

    /** {@return a source of the segment's bytes; it must stay valid until they are written} */
    static TensorSource of(MemorySegment bytes) {
        return out -> {
            byte[] piece = new byte[1 << 16];
            for (long at = 0; at < bytes.byteSize(); at += piece.length) {
                int length = (int) Math.min(piece.length, bytes.byteSize() - at);
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, piece, 0, length);
                out.write(piece, 0, length);
            }
        };
    }
}
