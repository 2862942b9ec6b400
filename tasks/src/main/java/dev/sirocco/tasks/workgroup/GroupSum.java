package dev.sirocco.tasks.workgroup;

import uk.ac.manchester.tornado.api.KernelContext;

/** Sums over a work-group. */
final class GroupSum {
    /** Elements of local memory that a kernel has for sums: what {@code rows · lanes} may be at most. */
    static final int CAPACITY = 1024;

    private GroupSum() {}

    /**
     * Sums the elements of several rows; barriers before and after.
     *
     * @param shared (rows, lanes); sums are at column 0 afterwards, other columns are overwritten
     * @param lane   the work-item's index
     * @param lanes  work-items of the group, a power of two
     * @param rows   how many sums
     */
    static void addRows(KernelContext context, float[] shared, int lane, int lanes, int rows) {
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                for (int row = 0; row < rows; row++) {
                    shared[row * lanes + lane] += shared[row * lanes + lane + stride];
                }
            }
            context.localBarrier();
        }
    }
}
