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
 * blocks that begin at multiples of eight bytes eight weights, of most others four, see {@link BlockQuads}, and of some
 * two: a warp then has a row's columns to itself. What an access of a warp costs is the lines that it touches, and the
 * narrower the loads have to be, the fewer rows they should go to; what a scale costs is shared by a span's weights.
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

    /**
     * Spans that a work-item loads together, before it stores any. They are kept in arrays, which compilers make
     * registers of: loops over them are unrolled however long they are.
     */
    private static final int TOGETHER = 4;

    /** Ints of a tile's row. */
    private static final int ROW = 8;

    private static final int WIDE_SPAN = FloatParts.SIZE;
    private static final int MIDDLE_SPAN = 4;
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
        int together = span == NARROW_SPAN ? 2 * TOGETHER : TOGETHER;
        int lines = ITEMS / spans;
        int line = item / spans;
        int within = item % spans * span;
        int column = first + within;
        int length = cols / size(format) * elements(format); // of a row in its array
        int along = column / size(format) * elements(format);
        int part = column & (size(format) - 1);
        int to = place(line, within);
        boolean whole = cols % COLUMNS == 0 || cols - first >= COLUMNS;
        int[] words0 = new int[2 * TOGETHER]; // the first two weights of each span, the next two …
        int[] words1 = new int[2 * TOGETHER];
        int[] words2 = new int[2 * TOGETHER];
        int[] words3 = new int[2 * TOGETHER];
        for (int j = 0; j < 2 * TOGETHER; j++) {
            words0[j] = 0;
            words1[j] = 0;
            words2[j] = 0;
            words3[j] = 0;
        }
        if (whole) {
            boolean fixed = rows % ROWS == 0 && span == NARROW_SPAN; // distances of spans, which are part of a load
            int from = (firstRow + line) * length + along;
            for (int i = 0; i < ROWS / lines; i += together) {
                for (int j = 0; j < together; j++) {
                    int at = fixed
                            ? from + j * (lines * length)
                            : row(firstRow + line + (i + j) * lines, rows) * length + along;
                    bringSpan(halves, bfloats, blocks, format, at, part, words0, words1, words2, words3, j);
                }
                for (int j = 0; j < together; j++) {
                    int at = (fixed ? j : i + j) * (lines * ROW);
                    store(span, words0, words1, words2, words3, j, left, to + at);
                }
                from += together * lines * length;
                to += fixed ? together * lines * ROW : 0;
            }
        } else {
            for (int i = 0; i < ROWS / lines; i++) {
                int at = row(firstRow + line + i * lines, rows) * length + along;
                bringRest(halves, bfloats, blocks, format, at, part, cols - column, words0, words1, words2, words3);
                store(span, words0, words1, words2, words3, 0, left, to + i * (lines * ROW));
            }
        }
    }

    private static void store(
            int span, int[] words0, int[] words1, int[] words2, int[] words3, int j, int[] left, int to) {
        left[to] = words0[j];
        if (span > NARROW_SPAN) {
            left[to + 1] = words1[j];
        }
        if (span > MIDDLE_SPAN) {
            left[to + 2] = words2[j];
            left[to + 3] = words3[j];
        }
    }

    /** {@return a row that is there} Where tiles are full nothing is compared, and rows have fixed distances. */
    private static int row(int row, int rows) {
        return rows % ROWS == 0 ? row : TornadoMath.min(row, rows - 1);
    }

    private static int span(int format) {
        return switch (format) {
            case F16, BF16 -> WIDE_SPAN;
            default -> BlockQuads.fitTwice(format) ? WIDE_SPAN : BlockQuads.fit(format) ? MIDDLE_SPAN : NARROW_SPAN;
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
     * @param j    where it goes in the arrays of words
     */
    private static void bringSpan(
            HalfFloatArray halves,
            ShortArray bfloats,
            ByteArray blocks,
            int format,
            int at,
            int part,
            int[] words0,
            int[] words1,
            int[] words2,
            int[] words3,
            int j) {
        switch (format) {
            case F16, BF16 -> {
                words0[j] = pair(halves, bfloats, format, at, at + 1);
                words1[j] = pair(halves, bfloats, format, at + 2, at + 3);
                words2[j] = pair(halves, bfloats, format, at + 4, at + 5);
                words3[j] = pair(halves, bfloats, format, at + 6, at + 7);
            }
            default -> decode(blocks, format, at, part, words0, words1, words2, words3, j);
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
            int[] words0,
            int[] words1,
            int[] words2,
            int[] words3) {
        switch (format) {
            case F16, BF16 -> {
                words0[0] = rest(halves, bfloats, format, at, columns);
                words1[0] = rest(halves, bfloats, format, at + 2, columns - 2);
                words2[0] = rest(halves, bfloats, format, at + 4, columns - 4);
                words3[0] = rest(halves, bfloats, format, at + 6, columns - 6);
            }
            default -> {
                words0[0] = 0;
                words1[0] = 0;
                if (columns > 0) { // blocks with which rows end within a stage have spans of two weights or four
                    decode(blocks, format, at, part, words0, words1, words2, words3, 0);
                }
            }
        }
    }

    /** {@return as many of two weights as are left, as halves} */
    private static int rest(HalfFloatArray halves, ShortArray bfloats, int format, int from, int columns) {
        int word = 0;
        if (columns > 1) {
            word = pair(halves, bfloats, format, from, from + 1);
        } else if (columns > 0) {
            word = pair(halves, bfloats, format, from, from) & 0xFFFF;
        }
        return word;
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
    private static void decode(
            ByteArray weights,
            int format,
            int block,
            int part,
            int[] words0,
            int[] words1,
            int[] words2,
            int[] words3,
            int j) {
        int half = part / BlockParts.HALF;
        float scale = bounded(format, BlockParts.scale(format, weights, block, half));
        float offset = bounded(format, BlockParts.offset(format, weights, block, half));
        if (!BlockQuads.fit(format)) {
            float low = BlockParts.integer(format, weights, block, part);
            float high = BlockParts.integer(format, weights, block, part + 1);
            words0[j] = Float16.pair(scale * low + offset, scale * high + offset);
        } else {
            float least = offset - BlockQuads.zero(format) * scale;
            int bits = BlockQuads.bits(format, weights, block, part);
            words0[j] = pair(format, bits, 0, scale, least);
            words1[j] = pair(format, bits, 2, scale, least);
            if (BlockQuads.fitTwice(format)) {
                int next = BlockQuads.bits(format, weights, block, part + 4);
                words2[j] = pair(format, next, 0, scale, least);
                words3[j] = pair(format, next, 2, scale, least);
            }
        }
    }

    /** {@return weights k and k + 1 of four as halves} */
    private static int pair(int format, int bits, int k, float scale, float least) {
        float low = BlockQuads.integer(format, bits, k);
        float high = BlockQuads.integer(format, bits, k + 1);
        return Float16.pair(scale * low + least, scale * high + least);
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
