package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the matrix methods of {@link KernelContext} do where there is no warp. A warp's 32 work-items hold a tile
 * together, each its part; here each holds the whole tile, so that none needs the others, and keeps of the result the
 * part that is its own.
 */
final class WarpTiles {
    /** Rows of the left tile and of the result. */
    private static final int ROWS = 16;

    /** Columns of the right tile and of the result. */
    private static final int COLUMNS = 8;

    /** Columns of the left tile and rows of the right one. */
    private static final int DEPTH = 16;

    /** Elements of the result that a work-item has: two neighbours of a row, and the two eight rows below. */
    private static final int SUMS = 4;

    private static final int WARP = 32;
    private static final int ALIGNMENT = 16;

    private WarpTiles() {}

    /** {@return the 16 × 16 halves, row by row, that begin at a byte} */
    static HalfFloat[] left(int[] tile, int depth, int byteOffset) {
        return halves(tile, depth, byteOffset, ROWS * DEPTH);
    }

    /** {@return the 16 × 8 halves, row by row, that begin at a byte} */
    static HalfFloat[] right(int[] tile, int depth, int byteOffset) {
        return halves(tile, depth, byteOffset, DEPTH * COLUMNS);
    }

    private static HalfFloat[] halves(int[] tile, int depth, int byteOffset, int count) {
        if (depth != DEPTH) {
            throw new IllegalArgumentException("a tile of halves has a depth of " + DEPTH + ", not " + depth);
        }
        if (byteOffset % ALIGNMENT != 0) {
            throw new IllegalArgumentException(
                    "byte " + byteOffset + " is no multiple of " + ALIGNMENT + ", where the rows of a tile must begin");
        }
        HalfFloat[] halves = new HalfFloat[count];
        for (int i = 0; i < count; i++) {
            int word = tile[byteOffset / Integer.BYTES + i / 2];
            halves[i] = new HalfFloat((short) (i % 2 == 0 ? word : word >> Short.SIZE));
        }
        return halves;
    }

    /** {@return a work-item's sums with those of the product added} */
    static float[] multiplyAdd(HalfFloat[] left, HalfFloat[] right, float[] sums, MMAShape shape, int item) {
        if (shape != MMAShape.M16N8K16) {
            throw new IllegalArgumentException(shape + " is no shape of products of halves");
        }
        float[] result = new float[SUMS];
        for (int i = 0; i < SUMS; i++) {
            float sum = sums[i];
            for (int k = 0; k < DEPTH; k++) {
                sum += left[row(item, i) * DEPTH + k].getFloat32() * right[k * COLUMNS + column(item, i)].getFloat32();
            }
            result[i] = sum;
        }
        return result;
    }

    /** Writes a work-item's sums to a matrix whose rows have {@code stride} elements. */
    static void store(float[] sums, FloatArray matrix, int row, int column, int stride, int item) {
        for (int i = 0; i < SUMS; i++) {
            matrix.set((row + row(item, i)) * stride + column + column(item, i), sums[i]);
        }
    }

    private static int row(int item, int sum) {
        return item % WARP / 4 + ROWS / 2 * (sum / 2);
    }

    private static int column(int item, int sum) {
        return item % 4 * 2 + sum % 2;
    }
}
