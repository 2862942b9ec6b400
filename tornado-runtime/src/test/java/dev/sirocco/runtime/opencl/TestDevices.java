package dev.sirocco.runtime.opencl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The devices that this package is tested on. */
final class TestDevices {
    private static final OpenClDriver SHARED =
            new OpenClDriver("opencl", FloatMode.RELAXED, false, OpenClLibrary::load);
    private static final OpenClDriver COPYING =
            new OpenClDriver("copying", FloatMode.RELAXED, true, OpenClLibrary::load);

    private TestDevices() {}

    /** {@return PoCL's device} Skips the test, with the reason, where there is none. */
    static OpenClDevice pocl() {
        return pocl(SHARED);
    }

    /** {@return PoCL's device with memory of its own} */
    static OpenClDevice copyingPocl() {
        return pocl(COPYING);
    }

    /** {@return PoCL's device of a driver} */
    static OpenClDevice pocl(OpenClDriver driver) {
        return of(driver, "Portable Computing Language", "install pocl-opencl-icd");
    }

    /** {@return rusticl's device with memory of its own} */
    static OpenClDevice copyingRusticl() {
        return of(COPYING, "rusticl", "install mesa-opencl-icd and set RUSTICL_ENABLE=llvmpipe");
    }

    private static OpenClDevice of(OpenClDriver driver, String platform, String remedy) {
        List<Device> found = driver.devices().stream()
                .filter(device -> device.description().platform().equals(platform))
                .toList();
        Assumptions.assumeFalse(
                found.isEmpty(),
                () -> platform + " has no OpenCL device here; " + remedy
                        + (driver.devices().isEmpty() ? "; " + driver.absence() : ""));
        return (OpenClDevice) found.getFirst();
    }

    static int firstElementAfter(OpenClDevice device, long program, String kernel) {
        return firstElementAfter(device, new CompiledKernel(program, kernel));
    }

    /** {@return the first element of an array of ints after one work-item of a kernel with this one array} */
    static int firstElementAfter(OpenClDevice device, CompiledKernel kernel) {
        OpenClNative opencl = device.opencl();
        long context = device.context().handle();
        long queue = opencl.createQueue(context, device.handle(), false);
        long buffer = opencl.createBuffer(context, Integer.BYTES, 0);
        long created = opencl.createKernel(kernel.program(), kernel.symbol());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
            MemorySegment result = arena.allocate(JAVA_INT);
            opencl.setArgument(created, 0, buffer);
            for (int i = 0; i < kernel.sizes().size(); i++) {
                opencl.setNumber(created, i + 1, kernel.sizes().get(i));
            }
            opencl.enqueueKernel(
                    queue, created, 1, one.address(), kernel.group().isEmpty() ? 0 : one.address(), 0);
            opencl.enqueueRead(queue, buffer, 0, Integer.BYTES, result.address());
            opencl.finish(queue);
            return result.get(JAVA_INT, 0);
        } finally {
            opencl.releaseKernel(created);
            opencl.releaseBuffer(buffer);
            opencl.releaseQueue(queue);
        }
    }
}
