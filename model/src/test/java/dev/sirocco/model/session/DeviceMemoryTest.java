package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.source.ModelSource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** What a TornadoVM SDK would copy to a device, against what the device says of itself. */
final class DeviceMemoryTest {
    @TempDir
    Path folder;

    /** {@return an OpenCL device} */
    private static TornadoDevice device(long memory, long largestArray, String extensions) {
        TornadoTargetDevice hardware = (TornadoTargetDevice) Proxy.newProxyInstance(
                TornadoTargetDevice.class.getClassLoader(),
                new Class<?>[] {TornadoTargetDevice.class},
                (_, method, _) -> method.getName().equals("getDeviceInfo") ? extensions : null);
        return (TornadoDevice) Proxy.newProxyInstance(
                TornadoDevice.class.getClassLoader(),
                new Class<?>[] {TornadoDevice.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getMaxGlobalMemory" -> memory;
                    case "getMaxAllocMemory" -> largestArray;
                    case "getDeviceName" -> "small device";
                    case "getTornadoVMBackend" -> TornadoVMBackendType.OPENCL;
                    case "getPhysicalDevice" -> hardware;
                    default -> throw new AssertionError(method);
                });
    }

    private ModelSource source(GgmlType type) {
        return ModelSource.open(new RandomGguf(Shape.BLOCKS, type, 3).write(folder.resolve(type + ".gguf")));
    }

    private static String refusal(ModelSource source, TornadoDevice device) {
        String message = assertThrows(ModelFileException.class, () -> DeviceMemory.requireCopies(source, device))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void modelsThatTheDeviceCannotHoldAreRefusedBeforeTheyAreLoaded() {
        try (ModelSource source = source(GgmlType.F32)) {
            long bytes =
                    source.tensors().stream().mapToLong(GgufTensor::sizeBytes).sum();
            DeviceMemory.requireCopies(source, device(bytes, bytes, ""));
            String whole = refusal(source, device(bytes - 1, bytes, ""));
            assertTrue(whole.contains("on small device, which has"), whole);
            assertTrue(whole.contains("use a smaller model or another device"), whole);
            String array = refusal(source, device(bytes, 50_000, ""));
            assertTrue(array.contains("tensor 'token_embd.weight' is"), array);
            assertTrue(array.contains("use a smaller model"), array);
        }
    }

    @Test
    void weightsOfHalfPrecisionCountTwiceWhereTheyAreWidened() {
        try (ModelSource source = source(GgmlType.F16)) {
            long bytes =
                    source.tensors().stream().mapToLong(GgufTensor::sizeBytes).sum();
            DeviceMemory.requireCopies(source, device(bytes, bytes, "cl_khr_fp64 cl_khr_fp16"));
            refusal(source, device(bytes, bytes, "cl_khr_fp64"));
        }
    }
}
