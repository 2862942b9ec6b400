package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.pass.SampleKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
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

    private static final Path FOLDER = Path.of("src/test/resources/dev/sirocco/runtime/codegen");

    private static void isAsRecorded(String kernel, WorkerGrid grid, Object... arguments) throws IOException {
        isAsRecorded(SampleKernels.class, kernel, grid, arguments);
    }

    private static void isAsRecorded(Class<?> kernels, String kernel, WorkerGrid grid, Object... arguments)
            throws IOException {
        Function function = FrontEnd.compile(
                Arrays.stream(kernels.getDeclaredMethods())
                        .filter(m -> m.getName().equals(kernel))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
        Launch launch = Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED);
        String actual = LlvmEmitter.emit(function, launch, new HostTarget(512, DotUnit.VNNI_512));
        Path golden = FOLDER.resolve(kernel + ".ll");
        if (System.getProperty("sirocco.golden", "").equals("write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, actual);
        }
        assertEquals(
                Files.readString(golden),
                actual,
                () -> golden + " differs; if that is meant, run the test with" + " -Dsirocco.golden=write");
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
}
