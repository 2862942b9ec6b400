package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.blocks.BlockFormat;
import dev.sirocco.tasks.blocks.BlockParts;
import dev.sirocco.tasks.blocks.BlockQuads;
import dev.sirocco.tasks.float16.BFloat16;
import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Weights of any format but fp32 on their way to local memory, where they are halves, in the tiles that a warp takes as
 * left operands. Those of other formats are rounded to halves once, from fp32: by at most 2^-11 of a weight, or 2^-25.
 *
 * <p>Work-items take spans of columns, neighbours the next span of a row. Of fp16 and bf16 a span is sixteen bytes, of
 * blocks that {@link BlockQuads} takes eight weights, and of others two: a warp then has a row's columns to itself.
 * What an access of a warp costs is the lines that it touches, and the narrower the loads have to be, the fewer rows
 * they should go to.
 */
final class WeightTiles {
    /** Rows of a group. */
    static final int ROWS = 128;

    /** Work-items of a group: as many as rows. */
    static final int ITEMS = 128;

    /** Bytes of a tile: 16 rows of 16 columns. */
    static final int TILE = 16 * 32;

    /**
     * Ints from the tiles of 16 columns to those of the next 16: eight more than they have, so that the parts of a row,
     * which are stored together, are in different banks.
     */
    static final int DEPTH = ROWS * 8 + 8;

    /** The number of fp16 among those of {@link BlockFormat}. */
    static final int F16 = 1;

    /** The number of bf16 among those of {@link BlockFormat}. */
    static final int BF16 = 30;

    private static final int COLUMNS = TokenTiles.COLUMNS;

    /** Spans that a work-item loads together: a loop of so many is short enough for compilers to unroll it. */
    private static final int TOGETHER = 4;

    /** Ints of a tile's row. */
    private static final int ROW = 8;

    private static final int WIDE_SPAN = FloatParts.SIZE;
    private static final int NARROW_SPAN = 2;

    private WeightTiles() {}

    /**
     * Brings {@value TokenTiles#COLUMNS} columns of the group's rows; zeroes in place of those beyond a row's end, and
     * any row in place of those beyond the last.
     *
     * @param halves   (rows, cols) of fp16, or any array
     * @param bfloats  (rows, cols) of bf16, or any array
     * @param blocks   (rows, cols) of a block format, or any array
     * @param format   a number of {@link BlockFormat}, {@link #F16} or {@link #BF16}
     * @param firstRow of the group
     * @param first    of the columns
     * @param left     (4, 8, 16, 8)
     */
    static void bring(
            HalfFloatArray halves,
            ShortArray bfloats,
            ByteArray blocks,
            int format,
            int rows,
            int cols,
            int firstRow,
            int first,
            int item,
            int[] left) {
        int span = span(format);
        int spans = COLUMNS / span;
        int together = span == WIDE_SPAN ? TOGETHER : 2 * TOGETHER;
        int lines = ITEMS / spans;
        int line = item / spans;
        int within = item % spans * span;
        int column = first + within;
        int length = cols / size(format) * elements(format); // of a row in its array
        int along = column / size(format) * elements(format);
        int part = column & (size(format) - 1);
        int to = place(line, within);
        boolean whole = cols % COLUMNS == 0 || cols - first >= COLUMNS;
        if (whole && rows % ROWS == 0 && span == NARROW_SPAN) {
            int from = (firstRow + line) * length + along;
            for (int i = 0; i < ROWS / lines; i += together) {
                for (int j = 0; j < together; j++) { // at fixed distances, which are part of a load
                    int at = from + j * (lines * length);
                    bringSpan(halves, bfloats, blocks, format, at, part, left, to + j * (lines * ROW));
                }
                from += together * lines * length;
                to += together * lines * ROW;
            }
        } else if (whole) {
            for (int i = 0; i < ROWS / lines; i += together) {
                for (int j = 0; j < together; j++) {
                    int at = row(firstRow + line + (i + j) * lines, rows) * length + along;
                    bringSpan(halves, bfloats, blocks, format, at, part, left, to + (i + j) * (lines * ROW));
                }
            }
        } else {
            for (int i = 0; i < ROWS / lines; i++) {
                int at = row(firstRow + line + i * lines, rows) * length + along;
                bringRest(halves, bfloats, blocks, format, at, part, cols - column, left, to + i * (lines * ROW));
            }
        }
    }

    /** {@return a row that is there} Where tiles are full nothing is compared, and rows have fixed distances. */
    private static int row(int row, int rows) {
        return rows % ROWS == 0 ? row : TornadoMath.min(row, rows - 1);
    }

    private static int span(int format) {
        return switch (format) {
            case F16, BF16 -> WIDE_SPAN;
            default -> BlockQuads.fit(format) ? WIDE_SPAN : NARROW_SPAN;
        };
    }

    /** {@return weights of a block, or one} */
    private static int size(int format) {
        return switch (format) {
            case F16, BF16 -> 1;
            default -> BlockFormat.weights(format);
        };
    }

    /** {@return elements of an array that so many weights take} */
    private static int elements(int format) {
        return switch (format) {
            case F16, BF16 -> 1;
            default -> BlockFormat.bytes(format);
        };
    }

    /** {@return the int of the tiles where a span begins} */
    private static int place(int line, int column) {
        return column / TokenTiles.DEPTH * DEPTH + line * ROW + column % TokenTiles.DEPTH / 2;
    }

    /**
     * Brings a span.
     *
     * @param at   where it begins in its array, or its block does
     * @param part where it begins in its block
     * @param to   where it goes
     */
    private static void bringSpan(
            HalfFloatArray halves,
            ShortArray bfloats,
            ByteArray blocks,
            int format,
            int at,
            int part,
            int[] left,
            int to) {
        switch (format) {
            case F16, BF16 -> copy(halves, bfloats, format, at, left, to);
            default -> decode(blocks, format, at, part, left, to);
        }
    }

    /** Brings what of a span is among the {@code columns} that are left of a row. */
    private static void bringRest(
            HalfFloatArray halves,
            ShortArray bfloats,
            ByteArray blocks,
            int format,
            int at,
            int part,
            int columns,
            int[] left,
            int to) {
        switch (format) {
            case F16, BF16 -> copyRest(halves, bfloats, format, at, columns, left, to);
            default -> {
                if (columns > 0) {
                    decode(blocks, format, at, part, left, to);
                } else {
                    left[to] = 0; // blocks with which rows end within a stage have narrow spans
                }
            }
        }
    }

    private static void copy(HalfFloatArray halves, ShortArray bfloats, int format, int from, int[] left, int at) {
        for (int i = 0; i < WIDE_SPAN / 2; i++) {
            left[at + i] = pair(halves, bfloats, format, from + 2 * i, from + 2 * i + 1);
        }
    }

    private static void copyRest(
            HalfFloatArray halves, ShortArray bfloats, int format, int from, int columns, int[] left, int at) {
        for (int i = 0; i < WIDE_SPAN / 2; i++) {
            int word = 0;
            if (2 * i + 1 < columns) {
                word = pair(halves, bfloats, format, from + 2 * i, from + 2 * i + 1);
            } else if (2 * i < columns) {
                word = pair(halves, bfloats, format, from + 2 * i, from + 2 * i) & 0xFFFF;
            }
            left[at + i] = word;
        }
    }

    /** {@return two weights as halves} */
    private static int pair(HalfFloatArray halves, ShortArray bfloats, int format, int low, int high) {
        return switch (format) {
            case F16 ->
                (halves.get(low).getHalfFloatValue() & 0xFFFF)
                        | (halves.get(high).getHalfFloatValue() << 16);
            default ->
                Float16.pair(Float16.bounded(BFloat16.get(bfloats, low)), Float16.bounded(BFloat16.get(bfloats, high)));
        };
    }

    /**
     * Decodes a span of a block. Scales are bounded, so that no weight is too large for a half: of a block that could
     * have such weights all are smaller.
     */
    private static void decode(ByteArray weights, int format, int block, int part, int[] left, int at) {
        int half = part / BlockParts.HALF;
        float scale = bounded(format, BlockParts.scale(format, weights, block, half));
        float offset = bounded(format, BlockParts.offset(format, weights, block, half));
        if (span(format) == NARROW_SPAN) {
            float low = BlockParts.integer(format, weights, block, part);
            float high = BlockParts.integer(format, weights, block, part + 1);
            left[at] = Float16.pair(scale * low + offset, scale * high + offset);
        } else {
            for (int i = 0; i < WIDE_SPAN / 4; i++) {
                int bits = BlockQuads.bits(format, weights, block, part + 4 * i);
                float first = BlockQuads.integer(format, bits, 0);
                float second = BlockQuads.integer(format, bits, 1);
                float third = BlockQuads.integer(format, bits, 2);
                float fourth = BlockQuads.integer(format, bits, 3);
                left[at + 2 * i] = Float16.pair(scale * first + offset, scale * second + offset);
                left[at + 2 * i + 1] = Float16.pair(scale * third + offset, scale * fourth + offset);
            }
        }
    }

    private static float bounded(int format, float factor) {
        float most = Float16.LARGEST / most(format);
        return TornadoMath.max(TornadoMath.min(factor, most), -most);
    }

    /** {@return the most that an integer of a format is, and one more where it has an offset; or a little more} */
    private static int most(int format) {
        return switch (format) {
            case BlockFormat.Q2_K, BlockFormat.Q3_K -> 4;
            case BlockFormat.Q4_0 -> 8;
            case BlockFormat.Q4_1, BlockFormat.Q5_0, BlockFormat.Q4_K -> 16;
            case BlockFormat.Q5_1, BlockFormat.Q5_K, BlockFormat.Q6_K -> 32;
            default -> 128;
        };
    }
}
