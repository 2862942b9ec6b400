package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds attention to graphs: split over positions for one token, in tiles of tokens for a chunk. */
public final class GroupAttention {
    private final int heads;
    private final int kvHeads;
    private final int headDim;
    private final RollingBuffer rolling;
    private final int lanes;
    private final int splits;
    private final int minimum;
    private final int groupHeads;
    private final int slots;
    private final FloatArray parts; // (heads, splits, headDim)
    private final FloatArray stats; // (heads, splits, 2)

    /**
     * Allocates what the splits need.
     *
     * @param heads   query heads
     * @param kvHeads key and value heads
     * @param headDim elements of a head
     * @param rolling how positions map to slots of the cache
     * @param lanes   work-items of a group
     * @param splits  the most groups that share out a token's positions
     * @param minimum positions for which another such group is worth while
     * @throws IllegalArgumentException when heads are too long for groups of this size
     */
    public GroupAttention(
            int heads, int kvHeads, int headDim, RollingBuffer rolling, int lanes, int splits, int minimum) {
        this.heads = heads;
        this.kvHeads = kvHeads;
        this.headDim = headDim;
        this.rolling = rolling;
        this.lanes = lanes;
        this.splits = Math.min(splits, (rolling.window() - 1) / minimum + 1);
        this.minimum = minimum;
        int most = AttentionTile.slots(headDim, lanes);
        groupHeads = AttentionTile.groupHeads(heads / kvHeads, most);
        slots = most / groupHeads * groupHeads;
        parts = new FloatArray(Math.multiplyExact(heads * this.splits, headDim));
        stats = new FloatArray(heads * this.splits * 2);
    }

    /** {@return the arrays that these tasks write, besides their output} */
    public List<Object> scratch() {
        return List.of(parts, stats);
    }

    /** {@return whether {@link #add} rounds its output to int8 on the way} */
    public static boolean rounds(StepGraph step, int headDim) {
        return step.batch() == 1 && headDim % ActivationQuantizer.BLOCK == 0;
    }

    /**
     * Adds {@code out = attention(q, cache)}.
     *
     * @param task  prefix of the tasks' names
     * @param q     (batch, heads, headDim), rotated
     * @param cache with the step's keys and values
     * @param out   (batch, heads · headDim); in both forms where {@link #rounds}, else in fp32
     */
    public void add(StepGraph step, String task, FloatArray q, KvCache cache, GroupInput out) {
        if (step.batch() == 1) {
            addSplits(step, task, q, cache);
            addMerge(step, task + "_merge", out);
        } else {
            addTiles(step, task, q, cache, out);
        }
    }

    private void addSplits(StepGraph step, String task, FloatArray q, KvCache cache) {
        step.tasks()
                .task(
                        task,
                        SplitAttention::attendSplits,
                        new KernelContext(),
                        q,
                        cache.keys(),
                        cache.values(),
                        cache.packedKeys(),
                        cache.packedValues(),
                        parts,
                        stats,
                        step.state(),
                        cache.format().code(),
                        heads,
                        kvHeads,
                        headDim,
                        rolling.capacity(),
                        rolling.window(),
                        splits,
                        minimum,
                        groupHeads,
                        lanes);
        step.grid(task, splits, heads / groupHeads, lanes);
    }

    private void addMerge(StepGraph step, String task, GroupInput out) {
        step.tasks()
                .task(
                        task,
                        SplitAttention::mergeSplits,
                        new KernelContext(),
                        parts,
                        stats,
                        out.values(),
                        out.quantized(),
                        out.scales(),
                        out.halfSums(),
                        step.state(),
                        headDim,
                        rolling.window(),
                        splits,
                        minimum,
                        lanes,
                        rounds(step, headDim) ? 1 : 0,
                        out.layout(),
                        out.cols());
        step.grid(task, heads, lanes);
    }

    private void addTiles(StepGraph step, String task, FloatArray q, KvCache cache, GroupInput out) {
        step.tasks()
                .task(
                        task,
                        TileAttention::attendTiles,
                        new KernelContext(),
                        q,
                        cache.keys(),
                        cache.values(),
                        cache.packedKeys(),
                        cache.packedValues(),
                        out.values(),
                        step.state(),
                        cache.format().code(),
                        heads,
                        kvHeads,
                        headDim,
                        rolling.capacity(),
                        rolling.window(),
                        slots,
                        groupHeads,
                        lanes);
        int groupTokens = slots / groupHeads;
        step.grid(task, (step.batch() - 1) / groupTokens + 1, heads / groupHeads, lanes);
    }
}
