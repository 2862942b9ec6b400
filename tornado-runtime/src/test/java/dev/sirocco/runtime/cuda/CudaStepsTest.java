package dev.sirocco.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSequence;
import dev.sirocco.runtime.driver.TaskSpec;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Steps of several task graphs: what the driver is asked for, in which order, and which values arrive. */
class CudaStepsTest {
    private static final int ELEMENTS = 100;

    static void twice(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            y.set(i, 2 * x.get(i));
        }
    }

    @TempDir
    private Path folder;

    private final FloatArray x = new FloatArray(ELEMENTS);
    private final FloatArray y = new FloatArray(ELEMENTS);
    private final IntArray position = new IntArray(1); // what changes from token to token
    private FakeCuda cuda;
    private Device device;

    @BeforeEach
    void pretendACard() throws IOException {
        cuda = new FakeCuda(folder, "");
        device = new CudaDriver(FloatMode.RELAXED, cuda::open, folder.resolve("cache"))
                .devices()
                .getFirst();
    }

    private DeviceMemory memory() {
        DeviceMemory memory = device.newMemory();
        memory.allocate(x, false);
        memory.allocate(y, false);
        memory.allocate(position, true);
        return memory;
    }

    private BoundTask bind(DeviceMemory memory, FloatArray from, FloatArray to) throws Exception {
        Method kernel = CudaStepsTest.class.getDeclaredMethod("twice", FloatArray.class, FloatArray.class);
        return device.bind(new TaskSpec("g.t", kernel, List.of(from, to), null, "", null), memory);
    }

    private TaskSequence graph(DeviceMemory memory) throws Exception {
        return memory.sequence(List.of(bind(memory, x, y), bind(memory, y, x)));
    }

    /** One token: its position goes in, two graphs run, something comes out. */
    private void token(DeviceMemory memory, int at, List<TaskSequence> graphs) {
        position.set(0, at);
        memory.copyIn(position);
        graphs.forEach(TaskSequence::run);
        memory.copyOut(position);
        position.set(0, -1); // what the host does meanwhile must not matter
        memory.finish();
    }

    @Test
    void allGraphsOfATokenAndTheCopiesBetweenAreRecordedOnceAndReplayed() throws Exception {
        try (DeviceMemory memory = memory()) {
            List<TaskSequence> graphs = List.of(graph(memory), graph(memory));
            token(memory, 7, graphs);
            assertEquals(4, cuda.count("cuLaunchKernel"));
            assertEquals(7, position.get(0));

            cuda.become("");
            token(memory, 8, graphs);
            assertEquals(
                    List.of(
                            "cuStreamBeginCapture_v2",
                            "cuMemcpyHtoDAsync_v2",
                            "cuLaunchKernel",
                            "cuLaunchKernel",
                            "cuLaunchKernel",
                            "cuLaunchKernel",
                            "cuMemcpyDtoHAsync_v2",
                            "cuStreamEndCapture",
                            "cuGraphInstantiateWithFlags",
                            "cuGraphDestroy",
                            "cuGraphLaunch",
                            "cuStreamSynchronize"),
                    cuda.calls());
            assertEquals(8, position.get(0));

            for (int at = 9; at < 12; at++) {
                cuda.become("");
                token(memory, at, graphs);
                assertEquals(List.of("cuGraphLaunch", "cuStreamSynchronize"), cuda.calls());
                assertEquals(at, position.get(0), "a replayed copy takes what is there now");
            }
        }
        assertEquals(1, cuda.count("cuGraphExecDestroy"));
        assertEquals(1, cuda.count("cuMemFreeHost"));
        assertEquals(3, cuda.count("cuMemFreeAsync"));
        assertEquals(1, cuda.count("cuStreamDestroy_v2"));
    }

    @Test
    void nothingIsLaunchedBeforeTheHostWaits() throws Exception {
        try (DeviceMemory memory = memory()) {
            TaskSequence graph = graph(memory);
            graph.run();
            graph.run();
            assertEquals(0, cuda.count("cuLaunchKernel"));
            memory.finish();
            assertEquals(4, cuda.count("cuLaunchKernel"));
        }
    }

    @Test
    void anArrayThatIsWrittenAgainWaitsUntilItsFirstCopyIsRead() throws Exception {
        try (DeviceMemory memory = memory()) {
            TaskSequence graph = graph(memory);
            token(memory, 0, List.of(graph)); // which loads the code
            memory.copyIn(position);
            graph.run();
            cuda.become("");
            memory.copyIn(position);
            assertEquals(
                    List.of("cuMemcpyHtoDAsync_v2", "cuLaunchKernel", "cuLaunchKernel", "cuStreamSynchronize"),
                    cuda.calls());
        }
    }

    @Test
    void differentStepsAreRecordedApart() throws Exception {
        try (DeviceMemory memory = memory()) {
            List<TaskSequence> one = List.of(graph(memory));
            List<TaskSequence> other = List.of(graph(memory));
            for (int i = 0; i < 3; i++) {
                token(memory, i, one);
                token(memory, i, other);
            }
            assertEquals(2, cuda.count("cuGraphInstantiateWithFlags"));
            assertEquals(4, cuda.count("cuGraphLaunch"));
            one.getFirst().close();
            assertEquals(1, cuda.count("cuGraphExecDestroy"));
        }
        assertEquals(2, cuda.count("cuGraphExecDestroy"));
    }

    @Test
    void measuredTasksAreLaunchedOneByOne() throws Exception {
        try (DeviceMemory memory = memory()) {
            BoundTask task = bind(memory, x, y);
            memory.measure(true);
            task.run();
            task.run();
            assertEquals(2, cuda.count("cuLaunchKernel"));
            assertEquals(4, cuda.count("cuEventRecord"));
        }
        assertEquals(2, cuda.count("cuEventDestroy_v2"));
    }

    @Test
    void aRecordingThatFailsIsEndedAndNotRepeated() throws Exception {
        try (DeviceMemory memory = memory()) {
            TaskSequence graph = graph(memory);
            List<TaskSequence> graphs = List.of(graph);
            token(memory, 1, graphs);
            cuda.become("fail=cuLaunchKernel:700");
            CudaException lost = assertThrows(CudaException.class, () -> token(memory, 2, graphs));
            assertTrue(lost.getMessage().startsWith("task g.t: cuda:0: cuLaunchKernel fails with"), lost.getMessage());
            assertTrue(lost.getMessage().contains("--device reference"), lost.getMessage());
            assertEquals(
                    List.of("cuStreamBeginCapture_v2", "cuMemcpyHtoDAsync_v2", "cuLaunchKernel", "cuStreamEndCapture"),
                    cuda.calls());
            cuda.become("");
            memory.finish();
            assertEquals(List.of("cuStreamSynchronize"), cuda.calls());
        }
    }
}
