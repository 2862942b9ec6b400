package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepState;
import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Activations of a chunk as a warp takes the right operand of its products: rounded to halves, two tokens in an int, in
 * tiles of {@value #DEPTH} columns and {@value #WIDTH} tokens. What a group of products brings to local memory at once
 * lies side by side: {@value #COLUMNS} columns of {@value #TOKENS} tokens.
 */
final class TokenTiles {
    /** Tokens of a tile. */
    static final int WIDTH = 8;

    /** Columns of a tile. */
    static final int DEPTH = 16;

    /** Ints of a tile, column by column. */
    static final int INTS = DEPTH * WIDTH / 2;

    /** Tokens of a group. */
    static final int TOKENS = 64;

    /** Columns that are in local memory at once. */
    static final int COLUMNS = 64;

    /** Ints that are in local memory at once: tiles of the same columns follow each other. */
    static final int STAGE = COLUMNS / DEPTH * (TOKENS / WIDTH) * INTS;

    private TokenTiles() {}

    /** {@return stages of so many columns} */
    static int stages(int cols) {
        return (cols - 1) / COLUMNS + 1;
    }

    /** {@return groups of so many tokens} */
    static int groups(int tokens) {
        return (tokens - 1) / TOKENS + 1;
    }

    /**
     * Packs activations. What is too large for a half becomes the largest one; columns past the end of a row are 0;
     * tokens past the end of the step are as the last one.
     *
     * @param x      (batch, cols)
     * @param packed (groups, stages, 4, 8, 64), of {@value #STAGE} ints a stage
     * @param step   see {@link StepState}
     * @param widths tiles along the tokens, eight for each group
     * @param padded columns of all stages
     */
    static void packTokens(FloatArray x, IntArray packed, IntArray step, int widths, int padded, int cols) {
        for (@Parallel int width = 0; width < widths; width++) {
            for (@Parallel int column = 0; column < padded; column++) {
                int last = step.get(StepState.ROWS) - 1;
                int stage = width / (TOKENS / WIDTH) * (padded / COLUMNS) + column / COLUMNS;
                int tile = column % COLUMNS / DEPTH * (TOKENS / WIDTH) + width % (TOKENS / WIDTH);
                int at = stage * STAGE + tile * INTS + column % DEPTH * (WIDTH / 2);
                if (width / (TOKENS / WIDTH) * TOKENS <= last) { // a group without tokens has nothing to read
                    for (int pair = 0; pair < WIDTH / 2; pair++) {
                        int token = width * WIDTH + 2 * pair;
                        float low = 0f;
                        float high = 0f;
                        if (column < cols) {
                            low = Float16.bounded(x.get(TornadoMath.min(token, last) * cols + column));
                            high = Float16.bounded(x.get(TornadoMath.min(token + 1, last) * cols + column));
                        }
                        packed.set(at + pair, Float16.pair(low, high));
                    }
                }
            }
        }
    }
}
