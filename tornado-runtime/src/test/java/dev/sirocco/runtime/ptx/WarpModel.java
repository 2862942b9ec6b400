package dev.sirocco.runtime.ptx;

/**
 * What a warp's 32 lanes get from PTX's {@code ldmatrix} and {@code mma.sync.m16n8k16} (PTX ISA, "Warp-level matrix
 * instructions"), computed from what all of them give.
 */
final class WarpModel {
    /** Registers of a lane's part of the left operand, the right one and the sums, in this order. */
    static final int LEFT = 4;

    static final int RIGHT = 2;
    static final int SUMS = 4;

    private static final int ROWS = 16;
    private static final int DEPTH = 16;
    private static final int COLUMNS = 8;

    private WarpModel() {}

    /**
     * {@return a lane's register of a matrix of 8 × 8 halves}
     *
     * @param rows       the matrix
     * @param transposed whether neighbours of a column are wanted, else those of a row
     */
    static int matrix(short[][] rows, int lane, boolean transposed) {
        int group = lane / 4;
        int pair = lane % 4 * 2;
        return transposed
                ? word(rows[pair][group], rows[pair + 1][group])
                : word(rows[group][pair], rows[group][pair + 1]);
    }

    private static int word(short low, short high) {
        return low & 0xFFFF | high << 16;
    }

    /**
     * {@return the bits of each lane's sums}
     *
     * @param registers of each lane: left, right, sums
     */
    static int[][] sums(int[][] registers) {
        float[][] left = new float[ROWS][DEPTH];
        float[][] right = new float[COLUMNS][DEPTH];
        for (int k = 0; k < DEPTH; k++) {
            for (int row = 0; row < ROWS; row++) {
                left[row][k] = value(registers[row % 8 * 4 + k % 8 / 2][row / 8 + k / 8 * 2], k % 2);
            }
            for (int column = 0; column < COLUMNS; column++) {
                right[column][k] = value(registers[column * 4 + k % 8 / 2][LEFT + k / 8], k % 2);
            }
        }
        int[][] sums = new int[registers.length][SUMS];
        for (int lane = 0; lane < registers.length; lane++) {
            for (int i = 0; i < SUMS; i++) {
                int row = lane / 4 + (i < 2 ? 0 : 8);
                int column = lane % 4 * 2 + i % 2;
                float total = Float.intBitsToFloat(registers[lane][LEFT + RIGHT + i]);
                for (int k = 0; k < DEPTH; k++) {
                    total += left[row][k] * right[column][k];
                }
                sums[lane][i] = Float.floatToRawIntBits(total);
            }
        }
        return sums;
    }

    private static float value(int word, int half) {
        return Float.float16ToFloat((short) (word >> 16 * half));
    }
}
