package dev.sirocco.runtime.codegen;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels with dot products of bytes, and some that look like them. */
public final class ByteKernels {
    private ByteKernels() {}

    private static int dot4(ByteArray w, int i, Int8Array x, int j) {
        return w.get(i) * x.get(j)
                + w.get(i + 1) * x.get(j + 1)
                + w.get(i + 2) * x.get(j + 2)
                + w.get(i + 3) * x.get(j + 3);
    }

    private static int low4(ByteArray w, int i, Int8Array x, int j) {
        return (w.get(i) & 0xF) * x.get(j)
                + (w.get(i + 1) & 0xF) * x.get(j + 1)
                + (w.get(i + 2) & 0xF) * x.get(j + 2)
                + (w.get(i + 3) & 0xF) * x.get(j + 3);
    }

    private static int high4(ByteArray w, int i, Int8Array x, int j) {
        return ((w.get(i) >> 4) & 0xF) * x.get(j)
                + ((w.get(i + 1) >> 4) & 0xF) * x.get(j + 1)
                + ((w.get(i + 2) >> 4) & 0xF) * x.get(j + 2)
                + ((w.get(i + 3) >> 4) & 0xF) * x.get(j + 3);
    }

    private static int centred4(ByteArray w, int i, Int8Array x, int j) {
        return ((w.get(i) & 0xF) - 8) * x.get(j)
                + ((w.get(i + 1) & 0xF) - 8) * x.get(j + 1)
                + ((w.get(i + 2) & 0xF) - 8) * x.get(j + 2)
                + ((w.get(i + 3) & 0xF) - 8) * x.get(j + 3);
    }

    private static int unsigned4(ByteArray w, int i, Int8Array x, int j) {
        return x.get(j) * (w.get(i) & 0xFF)
                + x.get(j + 1) * (w.get(i + 1) & 0xFF)
                + x.get(j + 2) * (w.get(i + 2) & 0xFF)
                + x.get(j + 3) * (w.get(i + 3) & 0xFF);
    }

    /** Lanes of a private array; 20 of them, so that vectors of every width leave a rest. */
    static void lanes(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int row = 0; row < n; row++) {
            int[] sums = new int[20];
            for (int b = 0; b < 3; b++) {
                for (int lane = 0; lane < 20; lane++) {
                    sums[lane] += dot4(w, (row * 3 + b) * 80 + 4 * lane, x, b * 80 + 4 * lane);
                }
            }
            for (int lane = 0; lane < 20; lane++) {
                out.set(row * 20 + lane, sums[lane]);
            }
        }
    }

    /** A sum that a loop carries, of length {@code words}. */
    static void carried(ByteArray w, Int8Array x, IntArray out, int n, int words) {
        for (@Parallel int row = 0; row < n; row++) {
            int sum = 5;
            for (int k = 0; k < words; k++) {
                sum += dot4(w, row * 4 * words + 4 * k, x, 4 * k);
            }
            out.set(row, sum);
        }
    }

    /** Low and high nibbles in one sum. */
    static void nibbles(ByteArray w, Int8Array x, FloatArray out, int n) {
        for (@Parallel int row = 0; row < n; row++) {
            float[] sums = new float[4];
            for (int lane = 0; lane < 4; lane++) {
                sums[lane] += 0.5f
                        * (low4(w, row * 16 + 4 * lane, x, 4 * lane) + high4(w, row * 16 + 4 * lane, x, 16 + 4 * lane));
            }
            out.set(row, sums[0] + sums[1] + sums[2] + sums[3]);
        }
    }

    /** One dot product a work-item, of every form. */
    static void forms(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 4 * i;
            out.set(4 * i, dot4(w, at, x, at));
            out.set(4 * i + 1, unsigned4(w, at, x, at));
            out.set(4 * i + 2, centred4(w, at, x, at));
            out.set(4 * i + 3, high4(w, at, x, at) - low4(w, at, x, at));
        }
    }

    private static int cube(int q) {
        float t = q - 7.5f;
        return (int) TornadoMath.floor(0.3f * (t * t * t) + 0.5f);
    }

    private static int cubes4(ByteArray w, int i, int shift, Int8Array x, int j) {
        return cube((w.get(i) >> shift) & 0xF) * x.get(j)
                + cube((w.get(i + 1) >> shift) & 0xF) * x.get(j + 1)
                + cube((w.get(i + 2) >> shift) & 0xF) * x.get(j + 2)
                + cube((w.get(i + 3) >> shift) & 0xF) * x.get(j + 3);
    }

    /** Numbers that are computed from a few bits; 20 lanes, so that vectors of every width leave a rest. */
    static void levels(ByteArray w, Int8Array x, FloatArray out, int n) {
        for (@Parallel int row = 0; row < n; row++) {
            float[] sums = new float[20];
            for (int lane = 0; lane < 20; lane++) {
                int at = row * 80 + 4 * lane;
                sums[lane] = cubes4(w, at, 0, x, 4 * lane) + cubes4(w, at, 4, x, 80 + 4 * lane);
            }
            for (int lane = 0; lane < 20; lane++) {
                out.set(row * 20 + lane, sums[lane]);
            }
        }
    }

    private static int bits4(ByteArray w, int i, int shift, int mask, Int8Array x, int j) {
        return ((w.get(i) >> shift) & mask) * x.get(j)
                + ((w.get(i + 1) >> shift) & mask) * x.get(j + 1)
                + ((w.get(i + 2) >> shift) & mask) * x.get(j + 2)
                + ((w.get(i + 3) >> shift) & mask) * x.get(j + 3);
    }

    /** Bits at a place that differs from one work-item to the next, and always is within the byte. */
    static void moved(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 4 * i;
            out.set(3 * i, bits4(w, at, i & 7, 1, x, at));
            out.set(3 * i + 1, bits4(w, at, (2 * i + 4) & 6, 3, x, at));
            out.set(3 * i + 2, bits4(w, at, i & 1, 0x7F, x, at));
        }
    }

    /** Bits at a place that may be the sign's. */
    static void movedTooFar(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 4 * i;
            out.set(3 * i, bits4(w, at, i & 7, 3, x, at));
            out.set(3 * i + 1, bits4(w, at, i % 3, 0x3F, x, at));
            out.set(3 * i + 2, bits4(w, at, i & 15, 1, x, at));
        }
    }

    /** Two bits of bytes without a sign, and numbers that do not fit a byte. */
    static void steps(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 4 * i;
            out.set(
                    2 * i,
                    5 * (w.get(at) & 3) * x.get(at)
                            + 5 * (w.get(at + 1) & 3) * x.get(at + 1)
                            + 5 * (w.get(at + 2) & 3) * x.get(at + 2)
                            + 5 * (w.get(at + 3) & 3) * x.get(at + 3));
            out.set(
                    2 * i + 1,
                    50 * (w.get(at) & 3) * x.get(at)
                            + 50 * (w.get(at + 1) & 3) * x.get(at + 1)
                            + 50 * (w.get(at + 2) & 3) * x.get(at + 2)
                            + 50 * (w.get(at + 3) & 3) * x.get(at + 3));
        }
    }

    private static int fives4(ByteArray w, int i, int shift, int upper, int from, Int8Array x, int j) {
        return (((w.get(i) >> shift) & 0xF) | (((upper >> from) & 1) << 4)) * x.get(j)
                + (((w.get(i + 1) >> shift) & 0xF) | (((upper >> (from + 1)) & 1) << 4)) * x.get(j + 1)
                + (((w.get(i + 2) >> shift) & 0xF) | (((upper >> (from + 2)) & 1) << 4)) * x.get(j + 2)
                + (((w.get(i + 3) >> shift) & 0xF) | (((upper >> (from + 3)) & 1) << 4)) * x.get(j + 3);
    }

    /** A bit of an int above the bits of bytes; distances go past 31, where they begin again. */
    static void fifths(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int row = 0; row < n; row++) {
            int[] sums = new int[20];
            int upper = 0x01F35A7C * (2 * row + 1);
            for (int lane = 0; lane < 20; lane++) {
                int at = row * 80 + 4 * lane;
                sums[lane] = fives4(w, at, 0, upper, 4 * lane, x, 4 * lane)
                        + fives4(w, at, 4, upper, 16 + 4 * lane, x, 80 + 4 * lane);
            }
            for (int lane = 0; lane < 20; lane++) {
                out.set(row * 20 + lane, sums[lane]);
            }
        }
    }

    /** The same with bits that go past the end of the int, or that may. */
    static void brokenFifths(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int upper = 0x01F35A7C * (2 * i + 1);
            out.set(2 * i, fives4(w, 4 * i, 0, upper, 30, x, 4 * i));
            out.set(2 * i + 1, fives4(w, 4 * i, 4, upper, 2 * i, x, 4 * i));
        }
    }

    /** Bytes that are not side by side. */
    static void scattered(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 8 * i;
            out.set(
                    i,
                    w.get(at) * x.get(at)
                            + w.get(at + 1) * x.get(at + 1)
                            + w.get(at + 2) * x.get(at + 2)
                            + w.get(at + 5) * x.get(at + 3));
        }
    }

    /** A byte that is written between the products. */
    static void written(ByteArray w, Int8Array x, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int at = 4 * i;
            int sum = w.get(at) * x.get(at) + w.get(at + 1) * x.get(at + 1);
            w.set(at + 2, (byte) 7);
            sum += w.get(at + 2) * x.get(at + 2) + w.get(at + 3) * x.get(at + 3);
            out.set(i, sum);
        }
    }
}
