package dev.sirocco.runtime.hosted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.Devices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How work-items meet on {@code hosted:spirv}. */
class NativeItemsTest {
    @BeforeEach
    void needsTheTranslatorAndGcc() {
        assumeTrue(SpirvTranslator.find().isPresent(), SpirvTranslator.REMEDY);
        NativeItems.get();
    }

    /** Meets the group as often as is asked of the item, and counts it. */
    static void meet(KernelContext context, IntArray times, IntArray met) {
        int asked = times.get(context.globalIdx);
        for (int i = 0; i < asked; i++) {
            context.localBarrier();
            met.set(context.globalIdx, i + 1);
        }
    }

    private static void run(IntArray times, IntArray met, int groupSize) throws TornadoExecutionPlanException {
        WorkerGrid grid = new WorkerGrid1D(times.getSize());
        grid.setLocalWork(groupSize, 1, 1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, times, met)
                .task("meet", NativeItemsTest::meet, new KernelContext(), times, met)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, met);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())
                .withDevice(Devices.installed().find("hosted:spirv"))
                .withGridScheduler(new GridScheduler("g.meet", grid))) {
            plan.execute();
        }
    }

    @Test
    void eachGroupMeetsAsOftenAsItLikes() throws TornadoExecutionPlanException {
        IntArray times = IntArray.fromElements(3, 3, 0, 0, 7, 7);
        IntArray met = new IntArray(6);
        run(times, met, 2);
        assertArrayEquals(times.toHeapArray(), met.toHeapArray());
    }

    /** Whether the first or the last end early, at once or after some barriers. */
    @ParameterizedTest
    @CsvSource({"1,0,0,1", "0,1,1,2", "0,0,1,1", "5,5,4,2", "2,3,3,2"})
    void itemsThatEndWhileOthersWaitAreAnError(int first, int second, int third, int waiting) {
        IntArray times = IntArray.fromElements(2, 2, 2, first, second, third);
        AssertionError failure = assertThrows(AssertionError.class, () -> run(times, new IntArray(6), 3));
        assertEquals(waiting + " of 3 work-items wait at a barrier that the others never reach", failure.getMessage());
    }
}
