package dev.sirocco.runtime.pass;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels that must be refused, each for one reason. */
public final class RefusedKernels {
    static int state = 3;

    private RefusedKernels() {}

    public static void carries(FloatArray in, FloatArray out) {
        float sum = 0;
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            sum += in.get(i);
            out.set(i, sum);
        }
    }

    public static void twoNests(FloatArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            out.set(i, 1f);
        }
        for (@Parallel int i = 0; i < 4; i++) {
            out.set(i, 2f);
        }
    }

    public static void breaks(FloatArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            if (out.get(i) > 0) {
                break;
            }
            out.set(i, 2f);
        }
    }

    public static void unknownBound(IntArray n, FloatArray out) {
        int limit = n.get(0);
        for (@Parallel int i = 0; i < limit; i++) {
            out.set(i, 2f);
        }
    }

    public static void throwing(FloatArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            if (out.get(i) > 0) {
                throw new IllegalStateException();
            }
            out.set(i, 2f);
        }
    }

    private static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    public static void recursive(IntArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            out.set(i, fibonacci(i));
        }
    }

    public static void staticState(IntArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            out.set(i, state);
        }
    }

    public static void library(FloatArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            out.set(i, Float.intBitsToFloat(i));
        }
    }

    public static void effectOutside(IntArray out) {
        out.set(0, 1);
        for (@Parallel int i = 1; i < 4; i++) {
            out.set(i, i);
        }
    }

    public static void choosesArray(FloatArray a, FloatArray b, FloatArray out) {
        for (@Parallel int i = 0; i < 4; i++) {
            FloatArray chosen = out.get(i) > 0 ? a : b;
            out.set(i, chosen.get(i));
        }
    }

    public static void countsDown(IntArray out) {
        for (@Parallel int i = 3; i >= 0; i--) {
            out.set(i, i);
        }
    }

    public static void allocates(IntArray out, int n) {
        for (@Parallel int i = 0; i < 4; i++) {
            int[] scratch = new int[out.get(0)];
            out.set(i, scratch[0]);
        }
    }
}
