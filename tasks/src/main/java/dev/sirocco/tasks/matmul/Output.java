package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How a product reaches its output; inlined into every kernel here. */
public final class Output {
    private Output() {}

    /** Writes an element, or adds to it when {@code accumulate} is not 0. */
    public static void put(FloatArray out, int at, float value, int accumulate) {
        out.set(at, accumulate == 0 ? value : out.get(at) + value);
    }
}
