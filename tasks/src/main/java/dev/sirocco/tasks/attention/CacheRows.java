package dev.sirocco.tasks.attention;

import dev.sirocco.tasks.float16.Float16;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How kernels read and write the rows of a cache, each a head's key or value at a slot. The format is a number that is
 * fixed when a kernel is compiled; of the two arrays one is used, and the other has one element.
 */
public final class CacheRows {
    /** A cache that is not packed. */
    public static final int F32 = 0;

    /** A cache of binary16. */
    public static final int F16 = 1;

    static final int Q8_0 = 8;

    /** Elements that are packed together. */
    static final int BLOCK = 32;

    private static final int BLOCK_BYTES = 34;
    private static final float LARGEST = 127f;

    private CacheRows() {}

    /** {@return the product of a row of the cache and {@code x[at …]}} */
    public static float dot(
            int format, FloatArray floats, ByteArray bytes, int row, int headDim, FloatArray x, int at) {
        return switch (format) {
            case F32 -> dotF32(floats, row, headDim, x, at);
            case F16 -> dotF16(bytes, row, headDim, x, at);
            default -> dotQ8(bytes, row, headDim, x, at);
        };
    }

    private static float dotF32(FloatArray floats, int row, int headDim, FloatArray x, int at) {
        float sum = 0f;
        for (int d = 0; d < headDim; d++) {
            sum += x.get(at + d) * floats.get(row * headDim + d);
        }
        return sum;
    }

    private static float dotF16(ByteArray bytes, int row, int headDim, FloatArray x, int at) {
        float sum = 0f;
        for (int d = 0; d < headDim; d++) {
            float element = Float16.get(bytes, 2 * (row * headDim + d));
            sum += x.get(at + d) * element;
        }
        return sum;
    }

    private static float dotQ8(ByteArray bytes, int row, int headDim, FloatArray x, int at) {
        float sum = 0f;
        for (int b = 0; b < headDim / BLOCK; b++) {
            int block = (row * (headDim / BLOCK) + b) * BLOCK_BYTES;
            float scale = Float16.get(bytes, block);
            float part = 0f;
            for (int i = 0; i < BLOCK; i++) {
                part += x.get(at + b * BLOCK + i) * bytes.get(block + 2 + i);
            }
            sum += scale * part;
        }
        return sum;
    }

    /** {@return element d of a row of the cache} */
    public static float element(int format, FloatArray floats, ByteArray bytes, int row, int headDim, int d) {
        return switch (format) {
            case F32 -> floats.get(row * headDim + d);
            case F16 -> Float16.get(bytes, 2 * (row * headDim + d));
            default -> {
                int block = (row * (headDim / BLOCK) + d / BLOCK) * BLOCK_BYTES;
                yield Float16.get(bytes, block) * bytes.get(block + 2 + d % BLOCK);
            }
        };
    }

    /** Adds {@code weight} times a row of the cache to {@code out[at …]}. */
    public static void add(
            int format,
            FloatArray floats,
            ByteArray bytes,
            int row,
            int headDim,
            float weight,
            FloatArray out,
            int at) {
        switch (format) {
            case F32 -> addF32(floats, row, headDim, weight, out, at);
            case F16 -> addF16(bytes, row, headDim, weight, out, at);
            default -> addQ8(bytes, row, headDim, weight, out, at);
        }
    }

    private static void addF32(FloatArray floats, int row, int headDim, float weight, FloatArray out, int at) {
        for (int d = 0; d < headDim; d++) {
            out.set(at + d, out.get(at + d) + weight * floats.get(row * headDim + d));
        }
    }

    private static void addF16(ByteArray bytes, int row, int headDim, float weight, FloatArray out, int at) {
        for (int d = 0; d < headDim; d++) {
            float element = Float16.get(bytes, 2 * (row * headDim + d));
            out.set(at + d, out.get(at + d) + weight * element);
        }
    }

    private static void addQ8(ByteArray bytes, int row, int headDim, float weight, FloatArray out, int at) {
        for (int b = 0; b < headDim / BLOCK; b++) {
            int block = (row * (headDim / BLOCK) + b) * BLOCK_BYTES;
            float scale = weight * Float16.get(bytes, block);
            for (int i = 0; i < BLOCK; i++) {
                int d = at + b * BLOCK + i;
                out.set(d, out.get(d) + scale * bytes.get(block + 2 + i));
            }
        }
    }

    /** Writes {@code x[at …]} to a row of the cache. */
    public static void store(
            int format, FloatArray x, int at, FloatArray floats, ByteArray bytes, int row, int headDim) {
        if (format == F32) {
            for (int d = 0; d < headDim; d++) {
                floats.set(row * headDim + d, x.get(at + d));
            }
        } else {
            for (int b = 0; b < (headDim - 1) / BLOCK + 1; b++) {
                pack(format, x, at, bytes, row, headDim, b);
            }
        }
    }

    /** Writes block b of {@code x[at …]} to a row of a packed cache: 32 elements, or fewer at the end of the row. */
    static void pack(int format, FloatArray x, int at, ByteArray bytes, int row, int headDim, int b) {
        switch (format) {
            case F16 -> packF16(x, at, bytes, row, headDim, b);
            default -> packQ8(x, at + b * BLOCK, bytes, (row * (headDim / BLOCK) + b) * BLOCK_BYTES);
        }
    }

    private static void packF16(FloatArray x, int at, ByteArray bytes, int row, int headDim, int b) {
        int end = TornadoMath.min(headDim, (b + 1) * BLOCK);
        for (int d = b * BLOCK; d < end; d++) {
            storeHalf(bytes, 2 * (row * headDim + d), x.get(at + d));
        }
    }

    /** Rounds as {@link dev.sirocco.tasks.matmul.ActivationQuantizer} does; the scale is rounded to binary16. */
    private static void packQ8(FloatArray x, int from, ByteArray bytes, int block) {
        float largest = 0f;
        for (int i = 0; i < BLOCK; i++) {
            largest = TornadoMath.max(largest, TornadoMath.abs(x.get(from + i)));
        }
        float inverse = largest > 0f ? LARGEST / largest : 0f;
        storeHalf(bytes, block, largest / LARGEST);
        for (int i = 0; i < BLOCK; i++) {
            float q = x.get(from + i) * inverse;
            bytes.set(block + 2 + i, (byte) (int) (q + (q < 0f ? -0.5f : 0.5f)));
        }
    }

    /** Writes binary16, little-endian; see {@link Float16#bits}. */
    public static void storeHalf(ByteArray bytes, int at, float value) {
        int bits = Float16.bits(value);
        bytes.set(at, (byte) (bits & 255));
        bytes.set(at + 1, (byte) (bits >> 8));
    }
}
