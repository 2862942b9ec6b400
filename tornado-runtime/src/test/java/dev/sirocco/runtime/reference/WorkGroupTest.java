package dev.sirocco.runtime.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.driver.TaskSpec;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How the work-items of a group go together, and what is reported when they do not. */
@Timeout(30)
final class WorkGroupTest {
    /** What a kernel must not do, and what it may. */
    @SuppressWarnings("unused")
    private static final class Kernels {
        static void barrierForSome(KernelContext context, IntArray out) {
            if (context.localIdx > 0) {
                context.localBarrier();
            }
            out.set(context.globalIdx, 1);
        }

        static void oneBarrierMore(KernelContext context, IntArray out) {
            for (int i = 0; i <= context.localIdx; i++) {
                context.localBarrier();
                out.set(context.globalIdx, i);
            }
        }

        static void throwsInTheSecond(KernelContext context, IntArray out) {
            context.localBarrier();
            out.set(context.globalIdx + 2, 1);
        }

        static void localArraysDiffer(KernelContext context, IntArray out) {
            int[] shared = context.allocateIntLocalArray(4 + context.localIdx);
            out.set(context.globalIdx, shared.length);
        }

        static void readsUnwritten(KernelContext context, IntArray out) {
            int[] shared = context.allocateIntLocalArray(4);
            out.set(context.globalIdx, shared[0]);
        }

        static void rotate(KernelContext context, IntArray out) {
            int[] shared = context.allocateIntLocalArray(128);
            int id = context.localIdx;
            shared[id] = id;
            for (int turn = 0; turn < 50; turn++) {
                context.globalBarrier();
                int next = shared[(id + 1) % context.localGroupSizeX];
                context.localBarrier();
                shared[id] = next;
            }
            out.set(context.globalIdx, shared[id]);
        }

        static void record(KernelContext context, IntArray out) {
            context.atomicAdd(out, 0, 1);
            out.set(1 + context.globalIdx, out.get(0));
        }
    }

    private static void run(String kernel, IntArray out, int global, int local) {
        Method method = Arrays.stream(Kernels.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        WorkerGrid grid = new WorkerGrid1D(global);
        grid.setLocalWork(local, 1, 1);
        var device = new ReferenceDevice();
        var task = new TaskSpec("g.t", method, List.of(new KernelContext(), out), grid, "", null);
        device.bind(task, device.newMemory()).run();
    }

    private static TornadoRuntimeException failure(String kernel, int size) {
        return assertThrows(TornadoRuntimeException.class, () -> run(kernel, new IntArray(size), size, size));
    }

    @Test
    void groupsMayRunAtOnce() {
        IntArray expected = new IntArray(96 * 16);
        IntArray out = new IntArray(96 * 16);
        run("rotate", expected, 96 * 16, 16);
        System.setProperty("sirocco.reference.parallel", "true");
        try {
            run("rotate", out, 96 * 16, 16);
            assertArrayEquals(expected.toHeapArray(), out.toHeapArray());
            assertTrue(failure("barrierForSome", 4).getMessage().contains("3 of 4 work-items wait"));
        } finally {
            System.clearProperty("sirocco.reference.parallel");
        }
    }

    @Test
    void reportsABarrierThatSomeItemsNeverReach() {
        String message = failure("barrierForSome", 4).getMessage();
        assertTrue(
                message.matches(
                        "Task g\\.t: kernel Kernels\\.barrierForSome \\(line \\d+\\): in group \\[0, 0, 0\\] 3 of 4 "
                                + "work-items wait at a barrier that work-item \\[0, 0, 0\\] never reaches; every item of a "
                                + "group must reach every barrier"),
                message);
    }

    @Test
    void reportsABarrierThatOnlySomeItemsReachAgain() {
        String message = failure("oneBarrierMore", 3).getMessage();
        assertTrue(message.contains("2 of 3 work-items wait at a barrier that work-item [0, 0, 0]"), message);
    }

    @Test
    void reportsWhatAnItemThrowsWithItsLineAndUnwindsTheOthers() {
        TornadoRuntimeException failure = failure("throwsInTheSecond", 3);
        assertTrue(
                failure.getMessage()
                        .matches("(?s)Task g\\.t: kernel Kernels\\.throwsInTheSecond \\(line \\d+\\) in work-item "
                                + "\\[1, 0, 0\\]: java\\.lang\\.IndexOutOfBoundsException.*"),
                failure.getMessage());
        assertInstanceOf(IndexOutOfBoundsException.class, failure.getCause());
    }

    @Test
    void reportsLocalArraysThatDiffer() {
        String message = failure("localArraysDiffer", 2).getMessage();
        assertTrue(
                message.contains(
                        "work-item [1, 0, 0] allocates int[5] as local array 1, another item of its group int[4]"),
                message);
    }

    @Test
    void fillsLocalArraysSoThatReadingTooEarlyShows() {
        IntArray out = new IntArray(1);
        run("readsUnwritten", out, 1, 1);
        assertEquals(0x5A5A5A5A, out.get(0));
    }

    @Test
    void passesManyBarriersWithLargeGroups() {
        IntArray out = new IntArray(256);
        run("rotate", out, 256, 128);
        for (int i = 0; i < 256; i++) {
            assertEquals((i + 50) % 128, out.get(i));
        }
    }

    @Test
    void runsOneItemAfterAnotherInOrder() {
        IntArray out = new IntArray(9);
        run("record", out, 8, 4);
        assertArrayEquals(new int[] {8, 1, 2, 3, 4, 5, 6, 7, 8}, out.toHeapArray());
    }
}
