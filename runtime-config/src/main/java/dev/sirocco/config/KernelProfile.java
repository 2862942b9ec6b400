package dev.sirocco.config;

/**
 * The shape of kernels, and the sizes of work-groups where they are made of these; docs/device-profiles.md says what
 * each means.
 *
 * @param workgroups         whether kernels are made of work-groups, else each work-item computes rows by itself
 * @param groupSize          work-items of a group
 * @param vectorLanes        work-items of a group of matrix-vector products
 * @param vectorRows         rows of such a group
 * @param strips             whether such a group reads rows of blocks in strips of sixteen bytes
 * @param tile               rows and tokens of a group of matrix-matrix products
 * @param tensorCores        whether prompts are multiplied on tensor cores where their formats allow
 * @param attentionSplits    the most groups that share out the positions that one token sees
 * @param attentionPositions positions for which another such group is worth while
 */
public record KernelProfile(
        boolean workgroups,
        int groupSize,
        int vectorLanes,
        int vectorRows,
        boolean strips,
        int tile,
        boolean tensorCores,
        int attentionSplits,
        int attentionPositions) {
    /** What {@code vectorLanes · vectorRows} may be at most, for kernels have local memory for so many sums. */
    private static final int MAX_VECTOR_SUMS = 512;

    public KernelProfile {
        if (vectorLanes * vectorRows > MAX_VECTOR_SUMS) {
            throw new IllegalArgumentException("vector_lanes " + vectorLanes + " × vector_rows " + vectorRows
                    + " is more than " + MAX_VECTOR_SUMS + "; make one of them smaller");
        }
    }
}
