package dev.sirocco.model.convert;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.tasks.blocks.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/**
 * Reads weights as F32, which holds all of those of plain types exactly. Blocks are decoded as the kernels do it. Not
 * safe for use by several threads; does not own the bytes.
 */
final class WeightReader {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GgmlType type;
    private final MemorySegment bytes;
    private final ByteArray block;
    private final float[] factors = new float[BlockFormat.FACTORS];

    /**
     * @param type  that {@link #isPlain} or {@link #hasBlocks} accepts
     * @param bytes of a tensor
     */
    WeightReader(GgmlType type, MemorySegment bytes) {
        this.type = type;
        this.bytes = bytes;
        block = new ByteArray(type.blockBytes());
    }

    /** {@return whether the weights are plain numbers} */
    static boolean isPlain(GgmlType type) {
        return switch (type) {
            case F32, F16, BF16 -> true;
            default -> false;
        };
    }

    /** {@return whether the weights have lost bits, but can be read} */
    static boolean hasBlocks(GgmlType type) {
        return switch (type) {
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> true;
            default -> false;
        };
    }

    /**
     * Reads as many weights as {@code to} has.
     *
     * @param first index of the first weight, which begins a block
     */
    void read(long first, float[] to) {
        switch (type) {
            case F32 -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = bytes.get(FLOAT, (first + i) * Float.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = Float.float16ToFloat(bytes.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            case BF16 -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = Float.intBitsToFloat(bytes.get(SHORT, (first + i) * Short.BYTES) << Short.SIZE);
                }
            }
            default -> {
                for (int i = 0; i < to.length; i += type.blockSize()) {
                    long at = (first + i) / type.blockSize() * type.blockBytes();
                    block.getSegment().copyFrom(bytes.asSlice(at, type.blockBytes()));
                    BlockFormat.decode(type.id(), block, 0, to, i, factors);
                }
            }
        }
    }
}
