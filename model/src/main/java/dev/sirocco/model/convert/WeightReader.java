package dev.sirocco.model.convert;

import dev.sirocco.model.gguf.GgmlType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads weights of plain types as F32, which holds all of them exactly. */
final class WeightReader {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private WeightReader() {}

    static boolean canRead(GgmlType type) {
        return type == GgmlType.F32 || type == GgmlType.F16 || type == GgmlType.BF16;
    }

    /**
     * Reads {@code count} weights.
     *
     * @param type  that {@link #canRead} accepts
     * @param first index of the first weight
     */
    static void read(GgmlType type, MemorySegment bytes, long first, float[] to, int at, int count) {
        switch (type) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = bytes.get(FLOAT, (first + i) * Float.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = Float.float16ToFloat(bytes.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = Float.intBitsToFloat(bytes.get(SHORT, (first + i) * Short.BYTES) << Short.SIZE);
                }
            }
            default -> throw new IllegalArgumentException(type + " is not a plain type");
        }
    }
}
