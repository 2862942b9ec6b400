package dev.sirocco.runtime;

import static dev.sirocco.runtime.codegen.WarpTiles.NONE;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.pass.FrontEnd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a device without tensor cores, or a kernel that asks for what there is not, is told. */
class WarpTilesRefusedTest {
    static void product(KernelContext context, FloatArray out) {
        int[] tile = context.allocateIntLocalArray(128);
        tile[context.localIdx] = 0;
        context.localBarrier();
        float[] sums = context.mma(
                context.mmaLoadA(tile, 16), context.mmaLoadB(tile, 16), context.mmaFragment(0f), MMAShape.M16N8K16);
        context.mmaStore(sums, out, 0, 0, 8);
    }

    static void bytes(KernelContext context, FloatArray out) {
        int[] tile = context.allocateIntLocalArray(128);
        float[] sums = context.mma(
                context.mmaLoadA(tile, 16), context.mmaLoadB(tile, 16), context.mmaFragment(0f), MMAShape.M16N8K32);
        context.mmaStore(sums, out, 0, 0, 8);
    }

    static void deep(KernelContext context, FloatArray out) {
        context.mmaLoadA(context.allocateIntLocalArray(128), 32);
    }

    static void oddPlace(KernelContext context, FloatArray out) {
        context.mmaLoadA(context.allocateIntLocalArray(256), 16, 8);
    }

    static void ownArray(KernelContext context, FloatArray out) {
        context.mmaLoadB(new int[64], 16);
    }

    static void elements(KernelContext context, FloatArray out) {
        out.set(context.globalIdx, context.mmaFragment(0f)[0]);
    }

    static void looksInside(KernelContext context, FloatArray out) {
        context.mmaStore(new float[4], out, 0, 0, 8);
    }

    /** {@code ptxmaker} makes code for Volta. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "ptxmaker"})
    void devicesWithoutThemSaySoAndNameThoseThatHaveThem(String device) {
        assertRefused(device, WarpTilesRefusedTest::product, NONE);
    }

    @Test
    void neitherFormOfCodeForOpenClHasThem() throws NoSuchMethodException {
        List<Object> arguments = List.of(new KernelContext(), new FloatArray(128));
        Function function = FrontEnd.compile(
                WarpTilesRefusedTest.class.getDeclaredMethod("product", KernelContext.class, FloatArray.class),
                arguments,
                null);
        Launch launch = Launch.of(function, arguments, warp(), FloatMode.RELAXED);
        for (Executable emitter : List.<Executable>of(
                () -> OpenClEmitter.emit(function, launch, OpenClTarget.CORE),
                () -> LlvmEmitter.emit(function, launch, new SpirvTarget()))) {
            String message = assertThrows(KernelException.class, emitter).getMessage();
            assertTrue(
                    message.startsWith("kernel WarpTilesRefusedTest.product (line ") && message.contains(NONE),
                    message);
        }
    }

    @Test
    void shapesTilesAndArraysThatThereAreNotAreRefused() {
        assertRefused("hosted:ptx", WarpTilesRefusedTest::bytes, "MMAShape.M16N8K32 is not supported");
        assertRefused("hosted:ptx", WarpTilesRefusedTest::deep, "a tile of halves has a depth of 16");
        assertRefused("hosted:ptx", WarpTilesRefusedTest::oddPlace, "it must begin at a multiple of 16");
        assertRefused("hosted:ptx", WarpTilesRefusedTest::ownArray, "make one with allocateIntLocalArray");
        assertRefused("hosted:ptx", WarpTilesRefusedTest::elements, "write the tile with mmaStore");
        assertRefused("hosted:ptx", WarpTilesRefusedTest::looksInside, "is for these methods only");
    }

    private static WorkerGrid warp() {
        WorkerGrid grid = new WorkerGrid1D(32);
        grid.setLocalWork(32, 1, 1);
        return grid;
    }

    private static void assertRefused(String device, Task2<KernelContext, FloatArray> kernel, String reason) {
        FloatArray out = new FloatArray(128);
        TaskGraph graph = new TaskGraph("g")
                .task("t", kernel, new KernelContext(), out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        RuntimeException refusal = assertThrows(RuntimeException.class, () -> {
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(Devices.installed().find(device))
                        .withGridScheduler(new GridScheduler("g.t", warp()))
                        .execute();
            }
        });
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }
}
