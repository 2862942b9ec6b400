package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.matmul.WeightTensor;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Adds products of a chunk of tokens to graphs, and chooses the kernels by weight format.
 *
 * @param tile rows and tokens of a group's tile: 16, 32 or 64
 */
public record TileProducts(int tile) {
    /** Work-items along each side of a tile. */
    public static final int SIDE = 16;

    /** Work-items of a group. */
    public static final int ITEMS = SIDE * SIDE;

    /** The largest tile, for which kernels have local memory. */
    public static final int MAX_TILE = 64;

    /** Sums that a work-item has in the largest tile. */
    static final int MAX_SUMS = MAX_TILE / SIDE * (MAX_TILE / SIDE);

    public TileProducts {
        if (tile != 16 && tile != 32 && tile != 64) {
            throw new IllegalArgumentException("a tile of " + tile + ": it must be 16, 32 or 64");
        }
    }

    /**
     * Adds {@code out[t] = weight · x[t]}, or {@code out[t] += weight · x[t]}.
     *
     * @param out (batch, rows)
     */
    public void add(
            StepGraph step, String task, WeightTensor weight, GroupInput x, FloatArray out, boolean accumulate) {
        KernelContext context = new KernelContext();
        IntArray state = step.state();
        int rows = weight.rows();
        int cols = weight.cols();
        int add = accumulate ? 1 : 0;
        switch (weight.format()) {
            case F32 -> {
                FloatArray w = (FloatArray) weight.data();
                step.tasks()
                        .task(
                                task,
                                Float32Tiles::floatTiles,
                                context,
                                w,
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                tile,
                                add);
            }
            case F16 -> {
                HalfFloatArray w = (HalfFloatArray) weight.data();
                step.tasks()
                        .task(task, Float16Tiles::halfTiles, context, w, x.values(), out, state, rows, cols, tile, add);
            }
            case BF16 -> {
                ShortArray w = (ShortArray) weight.data();
                step.tasks()
                        .task(
                                task,
                                BFloat16Groups::bf16Tiles,
                                context,
                                w,
                                x.values(),
                                out,
                                state,
                                rows,
                                cols,
                                tile,
                                add);
            }
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                ByteArray w = (ByteArray) weight.data();
                int code = weight.format().code();
                step.tasks()
                        .task(
                                task,
                                BlockTiles::blockTiles,
                                context,
                                w,
                                x.quantized(),
                                x.scales(),
                                x.halfSums(),
                                out,
                                state,
                                code,
                                rows,
                                cols,
                                tile,
                                add);
            }
        }
        step.grid(task, (rows - 1) / tile + 1, (step.batch() - 1) / tile + 1, ITEMS);
    }
}
