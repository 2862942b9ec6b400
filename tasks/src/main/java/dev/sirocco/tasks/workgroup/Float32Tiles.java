package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Matrix-matrix products with fp32 weights for work-groups; {@link FloatTile} says how. */
public final class Float32Tiles {
    private Float32Tiles() {}

    /**
     * Multiplies; group (x, y) has tile x of the rows and tile y of the tokens.
     *
     * @param weights    (rows, cols)
     * @param x          (batch, cols)
     * @param out        (batch, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs
     * @param tile       rows and tokens of a tile: 16, 32 or 64
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void floatTiles(
            KernelContext context,
            FloatArray weights,
            FloatArray x,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int tile,
            int accumulate) {
        float[] left = context.allocateFloatLocalArray(FloatTile.ELEMENTS);
        float[] right = context.allocateFloatLocalArray(FloatTile.ELEMENTS);
        float[] sums = new float[TileProducts.MAX_SUMS];
        int lane = context.localIdx;
        int firstRow = context.groupIdx * tile;
        int firstToken = context.groupIdy * tile;
        int tokens = step.get(StepState.ROWS);
        int end = firstToken < tokens ? cols : 0;
        FloatTile.clear(sums);
        for (int first = 0; first < end; first += FloatTile.COLUMNS) {
            for (int i = lane; i < tile * FloatTile.PARTS; i += TileProducts.ITEMS) {
                int line = i / FloatTile.PARTS;
                int column = i % FloatTile.PARTS * FloatParts.SIZE;
                int row = TornadoMath.min(firstRow + line, rows - 1);
                int token = TornadoMath.min(firstToken + line, tokens - 1);
                int columns = TornadoMath.min(FloatParts.SIZE, cols - first - column);
                FloatTile.copy(weights, row * cols + first + column, columns, left, line * FloatTile.STRIDE + column);
                FloatTile.copy(x, token * cols + first + column, columns, right, line * FloatTile.STRIDE + column);
            }
            context.localBarrier();
            FloatTile.multiplyAdd(left, right, sums, lane, tile);
            context.localBarrier();
        }
        FloatTile.store(out, sums, lane, firstRow, rows, firstToken, tokens, tile, accumulate);
    }
}
