package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
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
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The OpenCL C of a few kernels, word for word. After a change that is meant, {@code -Dsirocco.golden=write} writes the
 * files anew.
 */
class OpenClGoldenTest {
    private static final GoldenFiles FILES =
            new GoldenFiles(Path.of("src/test/resources/dev/sirocco/runtime/codegen/opencl"));

    /** A processor whose compiler may be clang. */
    private static final OpenClTarget PROCESSOR = new OpenClTarget(false, false, false, false, false, true);

    private static void isAsRecorded(Class<?> kernels, String kernel, WorkerGrid grid, Object... arguments)
            throws IOException {
        isAsRecorded(OpenClTarget.CORE, kernels, kernel, grid, arguments);
    }

    private static void isAsRecorded(
            OpenClTarget target, Class<?> kernels, String kernel, WorkerGrid grid, Object... arguments)
            throws IOException {
        Function function = FrontEnd.compile(
                Arrays.stream(kernels.getDeclaredMethods())
                        .filter(m -> m.getName().equals(kernel))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
        Launch launch = Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED);
        FILES.compare(kernel + ".cl", OpenClEmitter.emit(function, launch, target));
    }

    @Test
    void aNestOfParallelLoops() throws IOException {
        isAsRecorded(SampleKernels.class, "transpose", null, new FloatArray(91), new FloatArray(91), 7, 13);
    }

    @Test
    void aReductionWithAnInnerLoop() throws IOException {
        isAsRecorded(SampleKernels.class, "reduceRows", null, new FloatArray(500), new FloatArray(5), 5, 100);
    }

    @Test
    void aLoopWithTwoConditions() throws IOException {
        isAsRecorded(SampleKernels.class, "collatz", null, new IntArray(20), new IntArray(20));
    }

    @Test
    void halfFloatsInBytesAndAContinue() throws IOException {
        isAsRecorded(SampleKernels.class, "helpers", null, new ByteArray(200), new FloatArray(20), 20);
    }

    @Test
    void halfFloats() throws IOException {
        isAsRecorded(SampleKernels.class, "halves", null, new HalfFloatArray(20), new HalfFloatArray(20));
    }

    @Test
    void rowsThatProcessorsReadAhead() throws IOException {
        isAsRecorded(PROCESSOR, SampleKernels.class, "scaledRows", null, new ByteArray(340), new FloatArray(2), 2, 5);
    }

    @Test
    void switches() throws IOException {
        isAsRecorded(SampleKernels.class, "switches", null, new IntArray(20), new IntArray(20));
    }

    @Test
    void aPrivateArrayAndALabelledContinue() throws IOException {
        isAsRecorded(SampleKernels.class, "privateArray", null, new IntArray(20), new IntArray(20));
    }

    @Test
    void nestedLoopsAndLabelledJumps() throws IOException {
        isAsRecorded(RecordedKernels.class, "labelled", null, new IntArray(64), new IntArray(8));
    }

    @Test
    void jumpsOutOfASwitch() throws IOException {
        isAsRecorded(RecordedKernels.class, "fallThrough", null, new IntArray(64), new IntArray(8));
    }

    @Test
    void barriersAndLocalArrays() throws IOException {
        WorkerGrid grid = new WorkerGrid1D(64);
        grid.setLocalWork(16, 1, 1);
        isAsRecorded(
                RecordedKernels.class, "groupSums", grid, new KernelContext(), new FloatArray(64), new FloatArray(4));
    }

    @Test
    void lanesAndDotProductsOfBytes() throws IOException {
        isAsRecorded(
                RecordedKernels.class, "dots", null, new ByteArray(320), new ByteArray(32), new FloatArray(10), 10);
    }

    @Test
    void atomicsOnInts() throws IOException {
        WorkerGrid grid = new WorkerGrid1D(64);
        grid.setLocalWork(16, 1, 1);
        isAsRecorded(RecordedKernels.class, "histogram", grid, new KernelContext(), new IntArray(64), new IntArray(4));
    }
}
