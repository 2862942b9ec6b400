package dev.sirocco.runtime.hosted;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a warp's 32 work-items get from PTX's {@code ldmatrix} and {@code mma.sync.m16n8k16} (PTX ISA, "Warp-level
 * matrix instructions"), each computed from what all of them give.
 */
public final class WarpModel {
    /** Registers of a work-item's part of the left operand, the right one and the sums, in this order. */
    public static final int LEFT = 4;

    public static final int RIGHT = 2;
    public static final int SUMS = 4;

    private static final int DEPTH = 16;
    private static final int ROW_BYTES = 16;

    /** The process's own, for addresses that kernels give. */
    @SuppressWarnings("restricted")
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private WarpModel() {}

    /**
     * {@return a work-item's register of a matrix of 8 × 8 halves}
     *
     * @param rows       addresses of the matrix's rows
     * @param item       place in the warp
     * @param transposed whether neighbours of a column are wanted, else those of a row
     */
    static int matrix(long[] rows, int item, boolean transposed) {
        int group = item / 4;
        int pair = item % 4 * 2;
        return transposed
                ? word(half(rows[pair], group), half(rows[pair + 1], group))
                : word(half(rows[group], pair), half(rows[group], pair + 1));
    }

    private static short half(long row, int column) {
        if (row % ROW_BYTES != 0) {
            throw new IllegalStateException("ldmatrix of an address that is no multiple of " + ROW_BYTES);
        }
        return MEMORY.get(ValueLayout.JAVA_SHORT_UNALIGNED, row + 2L * column);
    }

    private static int word(short low, short high) {
        return low & 0xFFFF | high << 16;
    }

    /**
     * {@return the bits of one of a work-item's sums}
     *
     * @param registers of each of the warp's work-items: left, right, sums
     */
    public static int sum(int[][] registers, int item, int sum) {
        int row = item / 4 + (sum < 2 ? 0 : 8);
        int column = item % 4 * 2 + sum % 2;
        float total = Float.intBitsToFloat(registers[item][LEFT + RIGHT + sum]);
        for (int k = 0; k < DEPTH; k++) {
            int left = registers[row % 8 * 4 + k % 8 / 2][row / 8 + k / 8 * 2];
            int right = registers[column * 4 + k % 8 / 2][LEFT + k / 8];
            total += value(left, k % 2) * value(right, k % 2);
        }
        return Float.floatToRawIntBits(total);
    }

    private static float value(int word, int half) {
        return Float.float16ToFloat((short) (word >> 16 * half));
    }
}
