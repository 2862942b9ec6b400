package dev.sirocco.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the driver asks of libcuda, and what it makes of failures. It proves nothing about kernels. */
class CudaDriverTest {
    static void twice(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            y.set(i, 2 * x.get(i));
        }
    }

    @TempDir
    private Path folder;

    private FakeCuda cuda;

    @BeforeEach
    void pretendACard() throws IOException {
        cuda = new FakeCuda(folder, "");
    }

    private CudaDriver driver() {
        return new CudaDriver(FloatMode.RELAXED, cuda::open, folder.resolve("cache"));
    }

    private static BoundTask bind(Device device, DeviceMemory memory, FloatArray x, FloatArray y) throws Exception {
        Method kernel = CudaDriverTest.class.getDeclaredMethod("twice", FloatArray.class, FloatArray.class);
        return device.bind(new TaskSpec("g.t", kernel, List.of(x, y), null, "", null), memory);
    }

    @Test
    void aMissingLibraryIsAReasonWithARemedy() {
        CudaDriver driver = new CudaDriver(
                FloatMode.RELAXED, () -> CudaLibrary.open(List.of("libnosuchcuda.so.1"), "install it"), folder);
        assertTrue(driver.devices().isEmpty());
        assertEquals("NVIDIA's driver cannot be loaded: there is no libnosuchcuda.so.1; install it", driver.absence());
    }

    @ParameterizedTest
    @CsvSource({
        "fail=cuInit:100, CUDA: cuInit fails with CUDA_ERROR_NO_DEVICE; check that nvidia-smi lists the card",
        "fail=cuInit:804, CUDA: cuInit fails with CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE; the driver's library",
        "cards=0, NVIDIA's driver finds no card",
        "'sm=90,version=11040', Fake Card needs a driver of CUDA 11.8 or newer",
        "sm=37, compute capability 3.7 is too old",
        "fail=cuDeviceGetName:999, cuda:0: cuDeviceGetName fails with CUDA_ERROR_UNKNOWN",
    })
    void whatCannotBeUsedIsAReason(String settings, String reason) throws IOException {
        cuda.become(settings);
        CudaDriver driver = driver();
        assertTrue(driver.devices().isEmpty());
        assertTrue(driver.absence().startsWith(reason), driver.absence());
    }

    @Test
    void aCardIsDescribed() throws IOException {
        cuda.become("sm=90,version=12080,cards=2");
        List<Device> devices = driver().devices();
        assertEquals(2, devices.size());
        var description = devices.get(1).description();
        assertEquals("cuda:1", description.id());
        assertEquals("cuda", description.driver());
        assertEquals("Fake Card", description.name());
        assertEquals("CUDA 12.8, sm_90", description.version());
        assertEquals(1024, description.limits().maxWorkGroupSize());
        assertFalse(description.sharesHostMemory());
    }

    @Test
    void codeIsMadeForAnOlderGenerationWhereThatIsAskedFor() throws IOException {
        try {
            System.setProperty("sirocco.cuda.generation", "sm_75");
            cuda.become("sm=90,version=12080");
            assertEquals(
                    "CUDA 12.8, sm_75",
                    driver().devices().getFirst().description().version());
            cuda.become("sm=70,version=12080");
            assertEquals(
                    "CUDA 12.8, sm_70",
                    driver().devices().getFirst().description().version());
            System.setProperty("sirocco.cuda.generation", "sm_1");
            assertTrue(driver().absence().startsWith("there is no generation 'sm_1'; there are sm_60, "));
        } finally {
            System.clearProperty("sirocco.cuda.generation");
        }
    }

    @Test
    void kernelsAreTimedWhereThatIsAskedFor() throws Exception {
        Device device = driver().devices().getFirst();
        FloatArray x = new FloatArray(100);
        try (DeviceMemory memory = device.newMemory()) {
            memory.allocate(x, false);
            BoundTask task = bind(device, memory, x, x);
            memory.measure(true);
            task.run();
            memory.finish();
            assertEquals(250_000, task.kernelNanos());
        }
    }

    @Test
    void codeOfTheCardIsKeptForTheNextProcess() throws Exception {
        for (int process = 0; process < 2; process++) {
            cuda.become("");
            Device device = driver().devices().getFirst();
            FloatArray x = new FloatArray(100);
            try (DeviceMemory memory = device.newMemory()) {
                memory.allocate(x, false);
                bind(device, memory, x, x).run();
            }
            assertEquals(process == 0 ? 1 : 0, cuda.count("cuLinkCreate_v2"), "process " + process);
            assertEquals(1, cuda.count("cuModuleLoadData"), "process " + process);
        }
    }

    @Test
    void theCompilersLogIsShown() throws Exception {
        Device device = driver().devices().getFirst();
        FloatArray x = new FloatArray(100);
        try (DeviceMemory memory = device.newMemory()) {
            memory.allocate(x, false);
            cuda.become("fail=cuLinkAddData_v2:218");
            BoundTask task = bind(device, memory, x, x);
            CudaException refused = assertThrows(CudaException.class, task::run);
            String message = refused.getMessage();
            assertTrue(message.contains("CUDA_ERROR_INVALID_PTX: ptxas fatal : it does not like this"), message);
            assertTrue(message.contains("its PTX is in "), message);
            assertEquals(1, cuda.count("cuLinkDestroy"));
        }
    }

    @Test
    void noRoomNamesWhatIsFreeAndWhatToDo() throws IOException {
        cuda.become("memory=1000");
        Device device = driver().devices().getFirst();
        try (DeviceMemory memory = device.newMemory()) {
            memory.allocate(new FloatArray(100), false);
            TornadoOutOfMemoryException full =
                    assertThrows(TornadoOutOfMemoryException.class, () -> memory.allocate(new FloatArray(1000), false));
            assertEquals(
                    "cuda:0 has no room for 4000 bytes: 600 of its 1000 are free; use a smaller --ctx or model, or end"
                            + " what else uses the card",
                    full.getMessage());
        }
        assertEquals(1, cuda.count("cuMemFreeAsync"));
    }

    @ParameterizedTest
    @CsvSource({"1, cuMemAllocAsync, cuMemFreeAsync", "0, cuMemAlloc_v2, cuMemFree_v2"})
    void memoryComesFromAPoolWhereThereIsOne(int pools, String take, String give) throws IOException {
        cuda.become("pools=" + pools);
        try (DeviceMemory memory = driver().devices().getFirst().newMemory()) {
            FloatArray x = new FloatArray(3);
            memory.allocate(x, false);
            memory.allocate(x, false);
            assertEquals(1, cuda.count(take));
            memory.free(x);
            assertEquals(1, cuda.count(give));
            assertEquals(0, memory.bytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "16384", "16385", "2097152", "4194305", "6291461"})
    void arraysOfAnySizeComeBackAsTheyWent(int elements) throws IOException {
        FloatArray x = new FloatArray(elements);
        for (int i = 0; i < elements; i++) {
            x.set(i, i * 0.5f);
        }
        try (DeviceMemory memory = driver().devices().getFirst().newMemory()) {
            memory.allocate(x, true);
            assertEquals(4L * elements, memory.copyIn(x));
            x.init(0);
            assertEquals(4L * elements, memory.copyOut(x));
            memory.finish();
        }
        for (int i = 0; i < elements; i++) {
            assertEquals(i * 0.5f, x.get(i));
        }
    }

    @Test
    void whatFailsAtTheEndStillGivesTheRestBack() throws IOException {
        DeviceMemory memory = driver().devices().getFirst().newMemory();
        memory.allocate(new FloatArray(3), false);
        cuda.become("fail=cuStreamSynchronize:700");
        assertThrows(CudaException.class, memory::close);
        assertEquals(1, cuda.count("cuMemFreeAsync"));
        assertEquals(1, cuda.count("cuStreamDestroy_v2"));
    }
}
