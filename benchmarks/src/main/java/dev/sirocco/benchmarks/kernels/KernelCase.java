package dev.sirocco.benchmarks.kernels;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A kernel at one shape.
 *
 * @param name        such as {@code matvec/Q8_0/14336x4096}
 * @param rows        tokens that a step processes
 * @param position    of the first of them
 * @param reduction   length of the longest sum in the kernel, for the tolerance
 * @param bytes       that one use must move
 * @param operations  multiplications and additions of one use
 * @param weightBytes of {@code bytes} those of weights, read once in each token; 0 for kernels without
 * @param recipe      makes one use
 */
record KernelCase(
        String name,
        int rows,
        int position,
        int reduction,
        long bytes,
        long operations,
        long weightBytes,
        Recipe recipe) {

    /** What the names of kernels begin with that are made of work-groups. */
    static final String GROUP = "group-";

    /** What the names of those begin with that multiply on tensor cores. */
    static final String TENSOR = GROUP + "tensor/";

    /** More than the last-level cache of the processors at hand. */
    private static final long UNCACHED_BYTES = 256L << 20;

    private static final int MOST_TASKS = 128;
    private static final int TASKS_WITHOUT_WEIGHTS = 16;

    /** Makes the arrays of one use of the kernel, the same for the same seed. */
    interface Recipe {
        KernelTask make(long seed, IntArray step);
    }

    /** {@return whether the kernel has barriers, which the cpu device does not run} */
    boolean needsGroups() {
        return name.startsWith(GROUP);
    }

    /** {@return whether the kernel multiplies on tensor cores, which NVIDIA's devices and the reference device do} */
    boolean needsTensorCores() {
        return name.startsWith(TENSOR);
    }

    /** {@return tasks in the graph that is timed: enough weights to leave the caches, or to hide a graph's own time} */
    int tasks() {
        if (weightBytes == 0) {
            return TASKS_WITHOUT_WEIGHTS;
        }
        return Math.clamp(Math.ceilDiv(UNCACHED_BYTES, weightBytes), 1, MOST_TASKS);
    }
}
