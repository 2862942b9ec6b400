package dev.sirocco.benchmarks.launches;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels that take next to no time. */
final class LaunchKernels {
    private LaunchKernels() {}

    /** One work-item, which reads a number and leaves everything as it is. */
    static void empty(FloatArray x) {
        for (@Parallel int i = 0; i < 1; i++) {
            if (x.get(i) < 0f) {
                x.set(i, 0f);
            }
        }
    }

    /** Adds 1 to 4096 numbers, as many as a token of the 7B shape has in a layer's input. */
    static void tiny(FloatArray x) {
        for (@Parallel int i = 0; i < 4096; i++) {
            x.set(i, x.get(i) + 1f);
        }
    }
}
