package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Which reductions end in exchanges among the work-items of a warp, and that these leave every element of local memory
 * as the loop does, to the bit.
 */
class WarpReductionsTest {
    private static final int CAPACITY = 1024;

    static void sum(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    static void sumOfWholeGroup(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = context.localGroupSizeX >> 1; stride >= 1; stride >>= 1) {
            if (stride > lane) {
                shared[lane] = shared[stride + lane] + shared[lane];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane] + shared[0]);
    }

    static void sumsOfRows(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        for (int row = 0; row < 4; row++) {
            shared[row * lanes + lane] = x.get(context.globalIdx) * (row + 0.1f);
        }
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                for (int row = 0; row < 4; row++) {
                    shared[row * lanes + lane] += shared[row * lanes + lane + stride];
                }
            }
            context.localBarrier();
        }
        for (int row = 0; row < 4; row++) {
            out.set(row * x.getSize() + context.globalIdx, shared[row * lanes + lane]);
        }
    }

    static void largest(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] = TornadoMath.max(shared[lane], shared[lane + stride]);
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    static void leastOfInts(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        int[] shared = context.allocateIntLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = (int) (x.get(context.globalIdx) * 1000f);
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] = TornadoMath.min(shared[lane + stride], shared[lane]);
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    /** Only a part of the group has elements. */
    static void sumOfAPart(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = 16; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    static void sumFromAFewOnly(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = 8; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    static void rowsBackwards(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        shared[lanes + lane] = x.get(context.globalIdx) * 0.3f;
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                for (int row = 1; row >= 0; row--) {
                    shared[row * lanes + lane] += shared[row * lanes + lane + stride];
                }
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lanes + lane]);
    }

    static void writesTwice(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
                shared[lane] = TornadoMath.max(shared[lane], -0.1f);
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    static void readsFromTheOtherEnd(KernelContext context, FloatArray x, FloatArray out, int lanes) {
        float[] shared = context.allocateFloatLocalArray(CAPACITY);
        int lane = context.localIdx;
        shared[lane] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[2 * stride - 1 - lane];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, shared[lane]);
    }

    @ParameterizedTest
    @CsvSource({
        "sum, 1024, 1",
        "sum, 128, 1",
        "sum, 64, 1",
        "sum, 32, 1",
        "sum, 16, 0",
        "sumOfWholeGroup, 256, 1",
        "sumOfWholeGroup, 32, 1",
        "sumOfWholeGroup, 96, 0",
        "sumsOfRows, 128, 1",
        "sumsOfRows, 64, 1",
        "sumsOfRows, 32, 1",
        "largest, 128, 1",
        "leastOfInts, 64, 1",
        "sumOfAPart, 128, 1",
        "sumFromAFewOnly, 128, 0",
        "rowsBackwards, 64, 0",
        "writesTwice, 64, 0",
        "readsFromTheOtherEnd, 64, 0",
    })
    void leaveLocalMemoryAsTheLoopDoes(String kernel, int lanes, int rewritten) throws TornadoExecutionPlanException {
        Method method = Arrays.stream(WarpReductionsTest.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        FloatArray x = new FloatArray(2 * lanes);
        List<Object> arguments = List.of(new KernelContext(), x, new FloatArray(8 * lanes), lanes);
        Function function = FrontEnd.compile(method, arguments, null);
        WarpReductions found =
                WarpReductions.of(function, Groups.of(Launch.of(function, arguments, grid(lanes), FloatMode.STRICT)));
        long exchanges = found.function().blocks().stream()
                .flatMap(block -> block.body().stream())
                .filter(i -> found.exchange(i) != null)
                .count();
        assertEquals(rewritten, exchanges);

        Random random = new Random(17);
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, random.nextFloat() - 0.3f);
        }
        assertArrayEquals(run("reference", kernel, x, lanes), run("hosted:ptx", kernel, x, lanes));
    }

    private static WorkerGrid grid(int lanes) {
        WorkerGrid grid = new WorkerGrid1D(2 * lanes);
        grid.setLocalWork(lanes, 1, 1);
        return grid;
    }

    /** {@return the bits of what a kernel writes} */
    private static int[] run(String device, String kernel, FloatArray x, int lanes)
            throws TornadoExecutionPlanException {
        FloatArray out = new FloatArray(kernel.equals("sumsOfRows") ? 4 * x.getSize() : x.getSize());
        KernelContext context = new KernelContext();
        TaskGraph graph = new TaskGraph("g").transferToDevice(DataTransferMode.FIRST_EXECUTION, x);
        switch (kernel) {
            case "sum" -> graph.task("t", WarpReductionsTest::sum, context, x, out, lanes);
            case "sumOfWholeGroup" -> graph.task("t", WarpReductionsTest::sumOfWholeGroup, context, x, out, lanes);
            case "sumsOfRows" -> graph.task("t", WarpReductionsTest::sumsOfRows, context, x, out, lanes);
            case "largest" -> graph.task("t", WarpReductionsTest::largest, context, x, out, lanes);
            case "leastOfInts" -> graph.task("t", WarpReductionsTest::leastOfInts, context, x, out, lanes);
            case "sumOfAPart" -> graph.task("t", WarpReductionsTest::sumOfAPart, context, x, out, lanes);
            case "sumFromAFewOnly" -> graph.task("t", WarpReductionsTest::sumFromAFewOnly, context, x, out, lanes);
            case "rowsBackwards" -> graph.task("t", WarpReductionsTest::rowsBackwards, context, x, out, lanes);
            case "writesTwice" -> graph.task("t", WarpReductionsTest::writesTwice, context, x, out, lanes);
            case "readsFromTheOtherEnd" ->
                graph.task("t", WarpReductionsTest::readsFromTheOtherEnd, context, x, out, lanes);
            default -> throw new IllegalArgumentException(kernel);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(Devices.installed().find(device))
                    .withGridScheduler(new GridScheduler("g.t", grid(lanes)))
                    .execute();
        }
        return out.getSegment().toArray(ValueLayout.JAVA_INT);
    }
}
