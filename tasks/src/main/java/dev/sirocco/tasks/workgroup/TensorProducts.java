package dev.sirocco.tasks.workgroup;

import dev.sirocco.tasks.StepGraph;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Adds products of a chunk of tokens on tensor cores to graphs, of the formats that they take: all but fp32. Tasks
 * run one after the other, so that all products share their arrays.
 *
 * @param packed   activations of the products that follow {@link #pack}, see {@link TokenTiles}
 * @param sums     what groups write before their output
 * @param noHalves what stands for weights in fp16 where they are others
 * @param noBfloats likewise, bf16
 * @param noBlocks likewise, blocks
 */
public record TensorProducts(
        IntArray packed, FloatArray sums, HalfFloatArray noHalves, ShortArray noBfloats, ByteArray noBlocks) {

    /**
     * {@return products with arrays of their own}
     *
     * @param batch the most rows that a step can have
     * @param cols  of the widest matrix
     * @param sums  of the largest product, see {@link #sums}
     */
    public static TensorProducts allocate(int batch, int cols, int sums) {
        int stages = TokenTiles.groups(batch) * TokenTiles.stages(cols);
        return new TensorProducts(
                new IntArray(Math.multiplyExact(stages, TokenTiles.STAGE)),
                new FloatArray(sums),
                new HalfFloatArray(1),
                new ShortArray(1),
                new ByteArray(1));
    }

    /**
     * {@return the sums that groups write for a product}
     *
     * @param batch the most rows that a step can have
     * @param rows  of the matrix
     */
    public static int sums(int batch, int rows) {
        int groups = Math.multiplyExact(TokenTiles.groups(batch), (rows - 1) / WeightTiles.ROWS + 1);
        return Math.multiplyExact(groups, WeightTiles.ROWS * TokenTiles.TOKENS);
    }

    /** {@return the arrays} */
    public List<Object> arrays() {
        return List.of(packed, sums, noHalves, noBfloats, noBlocks);
    }

    /** {@return whether one of these matrices is multiplied on tensor cores} */
    public static boolean take(WeightTensor... weights) {
        return Arrays.stream(weights).anyMatch(weight -> weight.format() != WeightFormat.F32);
    }

    /** Adds the task that rounds activations, before the products that share them. */
    public void pack(StepGraph step, String task, GroupInput x) {
        step.tasks()
                .task(
                        task,
                        TokenTiles::packTokens,
                        x.values(),
                        packed,
                        step.state(),
                        TokenTiles.groups(step.batch()) * (TokenTiles.TOKENS / TokenTiles.WIDTH),
                        TokenTiles.stages(x.cols()) * TokenTiles.COLUMNS,
                        x.cols());
    }

    /**
     * Adds {@code out[t] = weight · x[t]}, or {@code out[t] += weight · x[t]}, for the activations packed last.
     *
     * @param weight one that {@link #take} takes
     * @param out    (batch, rows)
     */
    public void add(StepGraph step, String task, WeightTensor weight, FloatArray out, boolean accumulate) {
        int tokenTiles = TokenTiles.groups(step.batch());
        step.tasks()
                .task(
                        task,
                        TensorTiles::tensorTiles,
                        new KernelContext(),
                        weight.data() instanceof HalfFloatArray halves ? halves : noHalves,
                        weight.data() instanceof ShortArray bfloats ? bfloats : noBfloats,
                        weight.data() instanceof ByteArray blocks ? blocks : noBlocks,
                        packed,
                        sums,
                        out,
                        step.state(),
                        weight.format().code(),
                        weight.rows(),
                        weight.cols(),
                        tokenTiles,
                        accumulate ? 1 : 0);
        step.grid(task, tokenTiles, (weight.rows() - 1) / WeightTiles.ROWS + 1, WeightTiles.ITEMS);
    }
}
