package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.hosted.GoldenFiles;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.pass.SampleKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The LLVM IR of a few kernels, word for word: what changes in generated code shows in a review. After a change that is
 * meant, {@code -Dsirocco.golden=write} writes the files anew.
 */
class GoldenTest {
    static void decay(FloatArray x, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            x.set(i, TornadoMath.exp(-x.get(i)));
        }
    }

    static void sumOfGroups(KernelContext context, FloatArray x, FloatArray sums) {
        int lane = context.localIdx;
        float[] partial = context.allocateFloatLocalArray(128);
        partial[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = context.localGroupSizeX / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                partial[lane] += partial[lane + stride];
            }
            context.localBarrier();
        }
        if (lane == 0) {
            sums.set(context.groupIdx, partial[0]);
        }
    }

    /** A warp's product of two matrices that lie in memory as tiles do in local memory. */
    static void tileProduct(KernelContext context, IntArray left, IntArray right, FloatArray out, int tiles) {
        int[] a = context.allocateIntLocalArray(128);
        int[] b = context.allocateIntLocalArray(64);
        float[] sums = context.mmaFragment(0f);
        for (int tile = 0; tile < tiles; tile++) {
            for (int i = context.localIdx; i < 128; i += 32) {
                a[i] = left.get(tile * 128 + i);
            }
            for (int i = context.localIdx; i < 64; i += 32) {
                b[i] = right.get(tile * 64 + i);
            }
            context.localBarrier();
            sums = context.mma(context.mmaLoadA(a, 16), context.mmaLoadB(b, 16, 0), sums, MMAShape.M16N8K16);
            context.localBarrier();
        }
        context.mmaStore(sums, out, 0, 0, 8);
    }

    private static final GoldenFiles FILES = new GoldenFiles(Path.of("src/test/resources/dev/sirocco/runtime/codegen"));

    private static void isAsRecorded(String kernel, WorkerGrid grid, Object... arguments) throws IOException {
        isAsRecorded(SampleKernels.class, kernel, grid, arguments);
    }

    private static void isAsRecorded(Class<?> kernels, String kernel, WorkerGrid grid, Object... arguments)
            throws IOException {
        Function function = function(kernels, kernel, arguments);
        Launch launch = Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED);
        FILES.compare(kernel + ".ll", LlvmEmitter.emit(function, launch, new HostTarget(512, DotUnit.VNNI_512)));
    }

    /** The PTX for Ampere, and the LLVM IR that becomes SPIR-V: the numbers in SPIR-V itself differ from run to run. */
    private static void isAsRecordedForGpus(Class<?> kernels, String kernel, WorkerGrid grid, Object... arguments)
            throws IOException {
        Function function = function(kernels, kernel, arguments);
        Launch launch = Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED);
        isAsRecordedForAmpere(kernel, function, launch);
        FILES.compare(kernel + ".spirv.ll", LlvmEmitter.emit(function, launch, new SpirvTarget()));
    }

    private static void isAsRecordedForAmpere(String kernel, Function function, Launch launch) throws IOException {
        FILES.compareForAmpere(kernel, LlvmEmitter.emit(function, launch, new PtxTarget()));
    }

    private static Function function(Class<?> kernels, String kernel, Object... arguments) {
        return FrontEnd.compile(
                Arrays.stream(kernels.getDeclaredMethods())
                        .filter(m -> m.getName().equals(kernel))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
    }

    @Test
    void oneParallelLoop() throws IOException {
        isAsRecorded("saxpy", null, new FloatArray(100), new FloatArray(100), 2f);
    }

    @Test
    void aNestOfParallelLoops() throws IOException {
        isAsRecorded("transpose", null, new FloatArray(91), new FloatArray(91), 7, 13);
    }

    @Test
    void aReductionWithAnInnerLoop() throws IOException {
        isAsRecorded("reduceRows", null, new FloatArray(500), new FloatArray(5), 5, 100);
    }

    @Test
    void halfFloatsInBytes() throws IOException {
        isAsRecorded("helpers", null, new ByteArray(200), new FloatArray(20), 20);
    }

    @Test
    void rowsThatAreReadAhead() throws IOException {
        isAsRecorded("scaledRows", null, new ByteArray(340), new FloatArray(2), 2, 5);
    }

    @Test
    void switches() throws IOException {
        isAsRecorded("switches", null, new IntArray(20), new IntArray(20));
    }

    @Test
    void privateArrays() throws IOException {
        isAsRecorded("privateArray", null, new IntArray(20), new IntArray(20));
    }

    @Test
    void aGrid() throws IOException {
        isAsRecorded("context", new WorkerGrid2D(64, 4), new KernelContext(), new IntArray(60));
    }

    @Test
    void dotProductsOfBytes() throws IOException {
        isAsRecorded(ByteKernels.class, "nibbles", null, new ByteArray(160), new Int8Array(32), new FloatArray(10), 10);
    }

    @Test
    void exponentials() throws IOException {
        isAsRecorded(GoldenTest.class, "decay", null, new FloatArray(10), 10);
    }

    @Test
    void aLoopForGpus() throws IOException {
        isAsRecordedForGpus(SampleKernels.class, "transpose", null, new FloatArray(91), new FloatArray(91), 7, 13);
    }

    @Test
    void halfFloatsForGpus() throws IOException {
        isAsRecordedForGpus(SampleKernels.class, "halves", null, new HalfFloatArray(64), new HalfFloatArray(64));
    }

    @Test
    void dotProductsOfBytesForGpus() throws IOException {
        isAsRecordedForGpus(
                ByteKernels.class, "nibbles", null, new ByteArray(160), new Int8Array(32), new FloatArray(10), 10);
    }

    @Test
    void aProductOfTilesForTensorCores() throws IOException {
        WorkerGrid1D grid = new WorkerGrid1D(32);
        grid.setLocalWork(32, 1, 1);
        Object[] arguments = {new KernelContext(), new IntArray(512), new IntArray(256), new FloatArray(128), 4};
        Function function = function(GoldenTest.class, "tileProduct", arguments);
        isAsRecordedForAmpere(
                "tileProduct", function, Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED));
    }

    @Test
    void aReductionInLocalMemoryForGpus() throws IOException {
        WorkerGrid1D grid = new WorkerGrid1D(512);
        grid.setLocalWork(128, 1, 1);
        isAsRecordedForGpus(
                GoldenTest.class, "sumOfGroups", grid, new KernelContext(), new FloatArray(512), new FloatArray(4));
    }
}
