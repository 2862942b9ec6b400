package dev.sirocco.runtime.pass;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Kernels that the front end must take; each exercises one part of the language. */
public final class SampleKernels {
    private SampleKernels() {}

    public static void saxpy(FloatArray x, FloatArray y, float a) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            y.set(i, a * x.get(i) + y.get(i));
        }
    }

    public static void strided(IntArray out, int n) {
        for (@Parallel int i = 3; i <= n; i += 2) {
            out.set(i, i * i);
        }
    }

    public static void transpose(FloatArray in, FloatArray out, int rows, int columns) {
        for (@Parallel int r = 0; r < rows; r++) {
            for (@Parallel int c = 0; c < columns; c++) {
                out.set(c * rows + r, in.get(r * columns + c));
            }
        }
    }

    public static void reduceRows(FloatArray in, FloatArray out, int rows, int columns) {
        for (@Parallel int r = 0; r < rows; r++) {
            float sum = 0f;
            float largest = -1e30f;
            for (int c = 0; c < columns; c++) {
                float v = in.get(r * columns + c);
                sum += v;
                largest = v > largest ? v : largest;
            }
            out.set(r, columns > 4 ? sum : largest);
        }
    }

    public static void collatz(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            long n = in.get(i);
            int steps = 0;
            while (n != 1 && steps < 1000) {
                if ((n & 1) == 0) {
                    n = n / 2;
                } else {
                    n = 3 * n + 1;
                }
                steps++;
            }
            out.set(i, steps);
        }
    }

    private static float half(ByteArray bytes, int offset) {
        return bytes.getHalfFloat(offset).getFloat32();
    }

    private static int blockSum(ByteArray bytes, int offset) {
        int sum = 0;
        for (int j = 0; j < 8; j++) {
            if (j == 5) {
                continue;
            }
            sum += bytes.get(offset + 2 + j);
        }
        return sum;
    }

    public static void helpers(ByteArray blocks, FloatArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            out.set(i, half(blocks, i * 10) * blockSum(blocks, i * 10));
        }
    }

    public static void halves(HalfFloatArray in, HalfFloatArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            float v = in.get(i).getFloat32();
            out.set(i, v > 0 ? new HalfFloat(v * 0.3f) : HalfFloat.add(in.get(i), in.get(i)));
        }
    }

    public static void switches(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int v = in.get(i);
            int r;
            switch (v % 4) {
                case 0 -> r = v << 3;
                case 1 -> r = v >> 2;
                case 2 -> r = v >>> 28;
                default -> r = -v ^ 0x55;
            }
            out.set(i, r);
        }
    }

    public static void privateArray(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int[] bins = new int[4];
            for (int j = 0; j <= i; j++) {
                bins[in.get(j) & 3] += j;
            }
            int best = 0;
            outer:
            for (int a = 0; a < bins.length; a++) {
                for (int b = 0; b < bins.length; b++) {
                    if (bins[b] > bins[a]) {
                        continue outer;
                    }
                }
                best = a;
                break;
            }
            out.set(i, best);
        }
    }

    public static void conversions(FloatArray in, IntArray ints, LongArray longs, ByteArray bytes) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            float v = in.get(i);
            ints.set(i, (int) v);
            longs.set(i, (long) (v * 1e10));
            bytes.set(i, (byte) (int) v);
        }
    }

    public static void nanOrder(FloatArray a, FloatArray b, IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            float x = a.get(i);
            float y = b.get(i);
            int r = 0;
            if (x < y) {
                r |= 1;
            }
            if (!(x < y)) {
                r |= 2;
            }
            if (x >= y) {
                r |= 4;
            }
            if (!(x >= y)) {
                r |= 8;
            }
            r |= x > y ? 16 : 32;
            r |= x <= y ? 64 : 128;
            r |= x == y ? 256 : 512;
            r |= x != y ? 1024 : 2048;
            out.set(i, r);
        }
    }

    public static void mathematics(FloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            float v = TornadoMath.abs(in.get(i));
            out.set(i, TornadoMath.max(TornadoMath.sqrt(v), TornadoMath.min(v, 0.5f)));
        }
    }

    public static void context(KernelContext context, IntArray out) {
        int i = context.globalIdx;
        if (i >= out.getSize()) {
            return;
        }
        out.set(i, i * 2);
    }

    public static void accumulateOrSet(FloatArray in, FloatArray out, int accumulate) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            float v = in.get(i) * 2f;
            out.set(i, accumulate == 0 ? v : out.get(i) + v);
        }
    }

    public static void chosenByArgument(IntArray in, IntArray out, int n, int format) {
        for (@Parallel int i = 0; i < n; i++) {
            int sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += decoded(format, in.get(i), k);
            }
            out.set(i, sum);
        }
    }

    private static int decoded(int format, int value, int k) {
        return switch (format) {
            case 2 -> value & k;
            case 7 -> value | k;
            case 9 -> value ^ k;
            default -> value;
        };
    }

    /** Rows of blocks of a half and 32 bytes: what a processor reads ahead. */
    public static void scaledRows(ByteArray rows, FloatArray out, int count, int blocks) {
        for (@Parallel int row = 0; row < count; row++) {
            float sum = 0f;
            for (int b = 0; b < blocks; b++) {
                int block = (row * blocks + b) * 34;
                int bytes = 0;
                for (int i = 0; i < 32; i++) {
                    bytes += rows.get(block + 2 + i);
                }
                sum += half(rows, block) * bytes;
            }
            out.set(row, sum);
        }
    }
}
