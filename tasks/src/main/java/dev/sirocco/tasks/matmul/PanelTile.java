package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the matrix-matrix kernels of all formats share. A tile is {@value #ROWS} rows of weights times {@value #LANES}
 * tokens; its sums are four private arrays of one element a token, and innermost loops run over tokens. That is the
 * shape which keeps all sums in vector registers: each weight is broadcast once and each activation loaded once for
 * four rows, there is no sum across a vector, and 4 × 16 fits the 16 registers of 8 lanes of AVX2.
 */
final class PanelTile {
    /** Rows of weights in a tile. */
    static final int ROWS = 4;

    /** Tokens in a tile. */
    static final int LANES = ActivationPanels.LANES;

    /** Columns of float formats that are decoded at once. */
    static final int COLUMNS = 32;

    private PanelTile() {}

    /** {@return tiles that cover the rows of a matrix} */
    static int count(int rows) {
        return (rows - 1) / ROWS + 1;
    }

    /** Sets sums to 0. */
    static void clear(float[] sums0, float[] sums1, float[] sums2, float[] sums3) {
        for (int lane = 0; lane < LANES; lane++) {
            sums0[lane] = 0f;
            sums1[lane] = 0f;
            sums2[lane] = 0f;
            sums3[lane] = 0f;
        }
    }

    /** Sets integer sums to 0. */
    static void clear(int[] dots0, int[] dots1, int[] dots2, int[] dots3) {
        for (int lane = 0; lane < LANES; lane++) {
            dots0[lane] = 0;
            dots1[lane] = 0;
            dots2[lane] = 0;
            dots3[lane] = 0;
        }
    }

    /**
     * Adds the product of some columns to the sums.
     *
     * @param weights (ROWS, stride), of which the first {@code columns} of each row are used
     * @param stride  from one row to the next
     * @param panels  (columns …, LANES) from {@code panel} on
     * @param sums0   (LANES), of the first row; and so on
     */
    static void multiplyAdd(
            float[] weights,
            int stride,
            FloatArray panels,
            int panel,
            int columns,
            float[] sums0,
            float[] sums1,
            float[] sums2,
            float[] sums3) {
        for (int i = 0; i < columns; i++) {
            float weight0 = weights[i];
            float weight1 = weights[stride + i];
            float weight2 = weights[2 * stride + i];
            float weight3 = weights[3 * stride + i];
            int at = panel + i * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                float x = panels.get(at + lane);
                sums0[lane] += weight0 * x;
                sums1[lane] += weight1 * x;
                sums2[lane] += weight2 * x;
                sums3[lane] += weight3 * x;
            }
        }
    }

    /**
     * Writes the sums, of a tile that hangs over the matrix's last row only those within. Token by token: a token's
     * four outputs lie side by side, and compilers take half as long as for row after row.
     *
     * @param out    (batch, rows)
     * @param row    of the weights, the first of the tile
     * @param first  the tile's first token
     * @param tokens in the step
     */
    static void store(
            FloatArray out,
            float[] sums0,
            float[] sums1,
            float[] sums2,
            float[] sums3,
            int row,
            int rows,
            int first,
            int tokens,
            int accumulate) {
        for (int lane = 0; lane < LANES; lane++) {
            if (first + lane < tokens) {
                int at = (first + lane) * rows + row;
                Output.put(out, at, sums0[lane], accumulate);
                if (rows % ROWS == 0 || row + 1 < rows) {
                    Output.put(out, at + 1, sums1[lane], accumulate);
                }
                if (rows % ROWS == 0 || row + 2 < rows) {
                    Output.put(out, at + 2, sums2[lane], accumulate);
                }
                if (rows % ROWS == 0 || row + 3 < rows) {
                    Output.put(out, at + 3, sums3[lane], accumulate);
                }
            }
        }
    }
}
