package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.float16.BFloat16;
import dev.sirocco.tasks.matmul.Output;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Products with bf16 weights for work-groups. There are no kernels for several matrices at once: a launch is little
 * beside reading weights of this size.
 */
public final class BFloat16Groups {
    private BFloat16Groups() {}

    /**
     * Multiplies a vector as {@link Float16Vector#halfVector} does.
     *
     * @param weights    (rows, cols)
     * @param x          (1, cols)
     * @param out        (1, rows)
     * @param step       see {@link StepState}
     * @param rows       outputs
     * @param cols       inputs
     * @param lanes      work-items of a group, a power of two
     * @param perGroup   rows of a group
     * @param accumulate 0 to write, 1 to add to {@code out}
     */
    public static void bf16Vector(
            KernelContext context,
            ShortArray weights,
            FloatArray x,
            FloatArray out,
            IntArray step,
            int rows,
            int cols,
            int lanes,
            int perGroup,
            int accumulate) {
        float[] shared = context.allocateFloatLocalArray(GroupSum.CAPACITY);
        float[] partial = new float[VectorProducts.MAX_ROWS];
        int lane = context.localIdx;
        int row = context.groupIdx * perGroup;
        int tokens = step.get(StepState.ROWS);
        for (int i = 0; i < VectorProducts.MAX_ROWS; i++) {
            partial[i] = 0f;
        }
        int parts = tokens > 0 ? cols / FloatParts.SIZE : 0;
        for (int part = lane; part < parts; part += lanes) {
            for (int i = 0; i < perGroup; i++) {
                int from = TornadoMath.min(row + i, rows - 1) * cols + part * FloatParts.SIZE;
                for (int k = 0; k < FloatParts.SIZE; k++) {
                    partial[i] += BFloat16.get(weights, from + k) * x.get(part * FloatParts.SIZE + k);
                }
            }
        }
        int rest = tokens > 0 ? cols : 0;
        for (int col = cols / FloatParts.SIZE * FloatParts.SIZE + lane; col < rest; col += lanes) {
            for (int i = 0; i < perGroup; i++) {
                int from = TornadoMath.min(row + i, rows - 1) * cols;
                partial[i] += BFloat16.get(weights, from + col) * x.get(col);
            }
        }
        for (int i = 0; i < perGroup; i++) {
            shared[i * lanes + lane] = partial[i];
        }
        GroupSum.addRows(context, shared, lane, lanes, perGroup);
        if (tokens > 0 && lane < perGroup && row + lane < rows) {
            Output.put(out, row + lane, shared[lane * lanes], accumulate);
        }
    }

    /**
     * Multiplies a chunk as {@link Float16Tiles#halfTiles} does; group (x, y) has tile x of the rows and tile y of the
     * tokens.
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
    public static void bf16Tiles(
            KernelContext context,
            ShortArray weights,
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
            for (int i = lane; i < tile * FloatTile.COLUMNS; i += TileProducts.ITEMS) {
                int line = i / FloatTile.COLUMNS;
                int column = first + i % FloatTile.COLUMNS;
                int place = line * FloatTile.STRIDE + i % FloatTile.COLUMNS;
                int row = TornadoMath.min(firstRow + line, rows - 1);
                int token = TornadoMath.min(firstToken + line, tokens - 1);
                if (column < cols) {
                    left[place] = BFloat16.get(weights, row * cols + column);
                    right[place] = x.get(token * cols + column);
                } else {
                    left[place] = 0f;
                    right[place] = 0f;
                }
            }
            context.localBarrier();
            FloatTile.multiplyAdd(left, right, sums, lane, tile);
            context.localBarrier();
        }
        FloatTile.store(out, sums, lane, firstRow, rows, firstToken, tokens, tile, accumulate);
    }
}
