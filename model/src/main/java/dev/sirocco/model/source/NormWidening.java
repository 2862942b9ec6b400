package dev.sirocco.model.source;

import dev.sirocco.model.safetensors.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns 16-bit weights of a norm to F32, exactly. */
final class NormWidening {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private NormWidening() {}

    /**
     * {@return {@code headerBytes} bytes and then the weights in F32, in memory that the collector frees}
     *
     * @param type F16 or BF16
     */
    static MemorySegment widen(ElementType type, MemorySegment weights, long headerBytes) {
        long count = weights.byteSize() / Short.BYTES;
        MemorySegment widened = Arena.ofAuto().allocate(headerBytes + count * Float.BYTES, Long.BYTES);
        for (long i = 0; i < count; i++) {
            short bits = weights.get(SHORT, i * Short.BYTES);
            float value =
                    type == ElementType.F16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE);
            widened.set(FLOAT, headerBytes + i * Float.BYTES, value);
        }
        return widened;
    }
}
