package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.workgroup.TileProducts;
import dev.sirocco.tasks.workgroup.VectorProducts;

/**
 * The shape of the kernels, and the sizes of those that are made of work-groups; row shape has none to choose. Local
 * memory that they take is fixed and below 32 KiB, the least that OpenCL promises.
 *
 * @param shape             of all kernels
 * @param groupSize         work-items of a group of normalisations, attention, look-ups and sampling: a power of two
 *                          from 8 to 1024
 * @param vectorLanes       work-items of a group of matrix-vector products: a power of two from 8 to 512
 * @param vectorRows        rows of such a group: 1 to 8, at most 512 / vectorLanes. More read an activation less
 *                          often and have more loads on their way, and leave fewer groups to share out
 * @param strips            whether rows of blocks are read sixteen bytes at a time where they can be, see {@link
 *                          dev.sirocco.tasks.blocks.BlockStrips}; else a part of a block at a time
 * @param tile              rows and tokens of a group of matrix-matrix products, whose groups have 256 work-items: 16,
 *                          32 or 64
 * @param attentionSplits   the most groups that share out the positions that one token sees
 * @param attentionPositions positions for which another such group is worth while
 * @param buildOptions      for the device's compiler; empty for none
 * @param tensorCores       whether formats that {@link dev.sirocco.tasks.workgroup.TensorProducts} takes are multiplied
 *                          on tensor cores, for a chunk of tokens; other devices than NVIDIA's refuse the kernels
 */
public record KernelSettings(
        KernelShape shape,
        int groupSize,
        int vectorLanes,
        int vectorRows,
        boolean strips,
        int tile,
        int attentionSplits,
        int attentionPositions,
        String buildOptions,
        boolean tensorCores) {
    /** Row shape. */
    public static final KernelSettings ROW = new KernelSettings(KernelShape.ROW, 128, 64, 4, false, 64, 32, 64, "");

    /** Work-groups of sizes that suit most GPUs. */
    public static final KernelSettings WORKGROUP =
            new KernelSettings(KernelShape.WORKGROUP, 128, 64, 4, false, 64, 32, 64, "");

    /** Settings without tensor cores. */
    public KernelSettings(
            KernelShape shape,
            int groupSize,
            int vectorLanes,
            int vectorRows,
            boolean strips,
            int tile,
            int attentionSplits,
            int attentionPositions,
            String buildOptions) {
        this(
                shape,
                groupSize,
                vectorLanes,
                vectorRows,
                strips,
                tile,
                attentionSplits,
                attentionPositions,
                buildOptions,
                false);
    }

    public KernelSettings {
        powerOfTwo("groupSize", groupSize, 1024);
        powerOfTwo("vectorLanes", vectorLanes, VectorProducts.MAX_SUMS);
        new VectorProducts(vectorLanes, vectorRows); // refuses sizes that do not fit each other
        new TileProducts(tile);
        positive("attentionSplits", attentionSplits);
        positive("attentionPositions", attentionPositions);
    }

    /** {@return these settings, with rows of blocks read in strips} */
    public KernelSettings withStrips() {
        return with(true, tensorCores);
    }

    /** {@return these settings, with tensor cores} */
    public KernelSettings withTensorCores() {
        return with(strips, true);
    }

    private KernelSettings with(boolean inStrips, boolean onTensorCores) {
        return new KernelSettings(
                shape,
                groupSize,
                vectorLanes,
                vectorRows,
                inStrips,
                tile,
                attentionSplits,
                attentionPositions,
                buildOptions,
                onTensorCores);
    }

    private static void powerOfTwo(String name, int value, int most) {
        if (value < 8 || value > most || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    name + " " + value + " must be a power of two from 8 to " + most + ", as sums are taken by halves");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1 || value > 1024) {
            throw new IllegalArgumentException(name + " " + value + " must be from 1 to 1024");
        }
    }
}
