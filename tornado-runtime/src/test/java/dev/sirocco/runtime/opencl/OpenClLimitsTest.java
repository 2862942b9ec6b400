package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class OpenClLimitsTest {
    private static void mark(KernelContext context, IntArray x) {
        x.set(context.globalIdx, 1);
    }

    @Test
    void refusesAnArrayThatIsLargerThanTheDeviceTakes() {
        OpenClDevice device = TestDevices.copyingRusticl();
        int size = Math.toIntExact(
                Math.min(Integer.MAX_VALUE, device.description().limits().maxAllocationBytes()));
        ByteArray large = new ByteArray(size);
        try (DeviceMemory memory = device.newMemory()) {
            memory.allocate(new IntArray(1000), false);
            TornadoOutOfMemoryException refused =
                    assertThrows(TornadoOutOfMemoryException.class, () -> memory.allocate(large, false));
            assertTrue(refused.getMessage().contains("has no room for " + size + " bytes"), refused::getMessage);
            assertTrue(refused.getMessage().contains(device.description().id()), refused::getMessage);
            assertTrue(refused.getMessage().contains("--ctx"), refused::getMessage);
            assertEquals(4000, memory.bytes());
        }
        assertEquals(0, device.usedBytes().get(), "a refused array is not counted, and a closed memory gives back");
    }

    @Test
    void refusesWorkGroupsThatTheDeviceCannotRun() throws ReflectiveOperationException {
        OpenClDevice device = TestDevices.pocl();
        int most = device.description().limits().maxWorkGroupSize();
        IntArray x = new IntArray(2 * most);
        WorkerGrid grid = new WorkerGrid1D(2 * most);
        grid.setLocalWork(2L * most, 1, 1);
        TaskSpec task = new TaskSpec(
                "g.mark",
                OpenClLimitsTest.class.getDeclaredMethod("mark", KernelContext.class, IntArray.class),
                List.of(new KernelContext(), x),
                grid,
                "",
                null);
        try (DeviceMemory memory = device.newMemory()) {
            memory.allocate(x, false);
            TornadoRuntimeException refused =
                    assertThrows(TornadoRuntimeException.class, () -> device.bind(task, memory));
            assertEquals(
                    "Task g.mark: work-groups of [" + 2 * most + ", 1, 1] are too large for "
                            + device.description().id()
                            + " (" + device.description().name() + "), which takes at most " + most
                            + " along x; give the task's grid a smaller local work",
                    refused.getMessage());
        }
    }

    @Test
    void launchesTheInnermostLoopAsTheFirstDimension() {
        Launch loops = new Launch(List.of(5L, 100L), List.of(), true, List.of(), FloatMode.RELAXED);
        NdRange chosen = NdRange.of(loops.inGroupsOf(64));
        assertArrayEquals(new long[] {128, 5}, chosen.global());
        assertArrayEquals(new long[] {64, 1}, chosen.local());
        NdRange open = NdRange.of(loops);
        assertArrayEquals(new long[] {100, 5}, open.global());
        assertArrayEquals(new long[0], open.local());
        assertTrue(NdRange.of(new Launch(List.of(0L), List.of(), true, List.of(), FloatMode.RELAXED))
                .isEmpty());
    }

    @Test
    void aFailureNamesDeviceFunctionCodeAndRemedy() {
        OpenClException failed = OpenClException.of("opencl:0 (a card)", "clFinish", OpenClStatus.OUT_OF_RESOURCES);
        assertEquals(
                "task g.t: opencl:0 (a card): clFinish: CL_OUT_OF_RESOURCES; the device ran out of resources or was lost:"
                        + " use a smaller --ctx or model, see the system's log if that does not help",
                failed.in("task g.t").getMessage());
        assertEquals("x: f: status -12345", OpenClException.of("x", "f", -12345).getMessage());
    }
}
