package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the matrix-matrix kernels of float formats share. A group of {@value TileProducts#ITEMS} work-items computes a
 * tile of {@code tile} rows times {@code tile} tokens, {@value #COLUMNS} columns at a time, which it brings to local
 * memory as fp32. Each work-item keeps the sums of {@code tile / 16} rows and as many tokens in registers: {@code
 * tile² / 256} multiplications for {@code tile / 8} reads of local memory.
 */
final class FloatTile {
    /** Columns that are in local memory at once. */
    static final int COLUMNS = 32;

    /** Parts of so many columns. */
    static final int PARTS = COLUMNS / FloatParts.SIZE;

    /** Elements from one row of a tile to the next: odd, so that sixteen rows are in different banks. */
    static final int STRIDE = COLUMNS + 1;

    /** Elements of local memory for one operand. */
    static final int ELEMENTS = TileProducts.MAX_TILE * STRIDE;

    private FloatTile() {}

    /** Sets a work-item's sums to 0. */
    static void clear(float[] sums) {
        for (int i = 0; i < TileProducts.MAX_SUMS; i++) {
            sums[i] = 0f;
        }
    }

    /** Copies {@code columns} elements from index {@code from} on, and zeroes in place of those beyond a row's end. */
    static void copy(FloatArray source, int from, int columns, float[] lines, int at) {
        if (columns == FloatParts.SIZE) {
            for (int i = 0; i < FloatParts.SIZE; i++) {
                lines[at + i] = source.get(from + i);
            }
        } else {
            for (int i = 0; i < FloatParts.SIZE; i++) {
                lines[at + i] = 0f;
            }
            for (int i = 0; i < columns; i++) {
                lines[at + i] = source.get(from + i);
            }
        }
    }

    /**
     * Adds the product of the columns in local memory.
     *
     * @param left  (tile, COLUMNS), of weights
     * @param right (tile, COLUMNS), of tokens
     * @param sums  of the work-item: (tile / 16, tile / 16), rows by tokens
     */
    static void multiplyAdd(float[] left, float[] right, float[] sums, int lane, int tile) {
        int side = tile / TileProducts.SIDE;
        int row = lane % TileProducts.SIDE * STRIDE;
        int token = lane / TileProducts.SIDE * STRIDE;
        for (int column = 0; column < COLUMNS; column++) {
            for (int i = 0; i < side; i++) {
                float weight = left[row + i * TileProducts.SIDE * STRIDE + column];
                for (int j = 0; j < side; j++) {
                    sums[i * side + j] += weight * right[token + j * TileProducts.SIDE * STRIDE + column];
                }
            }
        }
    }

    /** Writes a work-item's sums, as far as they are within the matrix and the step. */
    static void store(
            FloatArray out,
            float[] sums,
            int lane,
            int firstRow,
            int rows,
            int firstToken,
            int tokens,
            int tile,
            int accumulate) {
        int side = tile / TileProducts.SIDE;
        for (int i = 0; i < side; i++) {
            int row = firstRow + lane % TileProducts.SIDE + i * TileProducts.SIDE;
            for (int j = 0; j < side; j++) {
                int token = firstToken + lane / TileProducts.SIDE + j * TileProducts.SIDE;
                if (row < rows && token < tokens) {
                    Output.put(out, token * rows + row, sums[i * side + j], accumulate);
                }
            }
        }
    }
}
