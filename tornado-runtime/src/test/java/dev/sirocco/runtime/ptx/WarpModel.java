package dev.sirocco.runtime.ptx;

/**
 * What a warp's 32 lanes get from PTX's {@code ldmatrix} and {@code mma.sync.m16n8k16} (PTX ISA, "Warp-level matrix
 * instructions"), computed from what all of them give.
 */
final class WarpModel {
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
     * Multiplies and adds.
     *
     * @param left   for each of its registers, those of the lanes; as are the others
     * @param before what is added to
     * @param sums   what comes of it; may be the same
     */
    static void multiply(long[][] left, long[][] right, long[][] before, long[][] sums) {
        float[] columns = new float[DEPTH * COLUMNS];
        for (int k = 0; k < DEPTH; k++) {
            for (int column = 0; column < COLUMNS; column++) {
                columns[k * COLUMNS + column] = value(right[k / 8][column * 4 + k % 8 / 2], k % 2);
            }
        }
        float[] totals = new float[COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                totals[column] = Float.intBitsToFloat((int) before[sum(row, column)][lane(row, column)]);
            }
            for (int k = 0; k < DEPTH; k++) {
                float element = value(left[row / 8 + k / 8 * 2][row % 8 * 4 + k % 8 / 2], k % 2);
                for (int column = 0; column < COLUMNS; column++) {
                    totals[column] += element * columns[k * COLUMNS + column];
                }
            }
            for (int column = 0; column < COLUMNS; column++) {
                sums[sum(row, column)][lane(row, column)] = Float.floatToRawIntBits(totals[column]) & 0xFFFF_FFFFL;
            }
        }
    }

    /** {@return the lane that has a sum} */
    private static int lane(int row, int column) {
        return row % 8 * 4 + column / 2;
    }

    /** {@return in which of its registers} */
    private static int sum(int row, int column) {
        return row / 8 * 2 + column % 2;
    }

    private static float value(long word, int half) {
        return Float.float16ToFloat((short) (word >> 16 * half));
    }
}
