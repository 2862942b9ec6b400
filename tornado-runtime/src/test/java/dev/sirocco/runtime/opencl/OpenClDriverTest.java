package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenClDriverTest {
    @Test
    void aMissingLoaderIsAReasonWithARemedy() {
        OpenClLibrary.Absent absent = assertInstanceOf(
                OpenClLibrary.Absent.class,
                OpenClLibrary.open(List.of("libNoSuchCL.so.1", "libNoSuchCL.so"), "get it"));
        assertEquals(
                "OpenCL's loader cannot be loaded: there is no libNoSuchCL.so.1 or libNoSuchCL.so; get it",
                absent.reason());
    }

    @Test
    void aLibraryThatIsNotOpenClIsAReason() {
        OpenClLibrary.Absent absent =
                assertInstanceOf(OpenClLibrary.Absent.class, OpenClLibrary.open(List.of("libm.so.6"), "get it"));
        assertEquals(
                "OpenCL's loader cannot be used: libm.so.6 has not the functions of OpenCL; get it", absent.reason());
    }

    @Test
    void numbersDevicesByKind() {
        List<DeviceKind> order = List.of(DeviceKind.GPU, DeviceKind.ACCELERATOR, DeviceKind.CPU);
        OpenClDriver driver = new OpenClDriver("opencl", FloatMode.RELAXED, false, OpenClLibrary::load);
        int last = 0;
        for (int i = 0; i < driver.devices().size(); i++) {
            DeviceDescription description = driver.devices().get(i).description();
            assertEquals("opencl:" + i, description.id());
            assertTrue(order.indexOf(description.kind()) >= last, description::toString);
            last = order.indexOf(description.kind());
        }
        assertEquals(driver.devices().isEmpty(), !driver.absence().isEmpty());
    }

    @Test
    void describesADevice() {
        Device device = TestDevices.pocl();
        DeviceDescription description = device.description();
        assertEquals("opencl", description.driver());
        assertEquals(DeviceKind.CPU, description.kind());
        assertTrue(description.sharesHostMemory());
        assertTrue(description.fp64());
        assertTrue(description.version().contains("OpenCL "), description::version);
        assertTrue(description.limits().maxWorkGroupSize() >= 256, description::toString);
        assertTrue(description.limits().localMemoryBytes() >= 32 << 10, description::toString);
        assertTrue(description.limits().maxAllocationBytes() <= description.memoryBytes(), description::toString);
    }

    /** PoCL would take the signal on which the exception rests. */
    @Test
    void leavesDivisionByZeroToJava() {
        TestDevices.pocl().context();
        for (int i = 0; i < 20_000; i++) { // compiled code relies on the signal, interpreted code does not
            assertThrows(ArithmeticException.class, () -> divide(1, 0));
        }
    }

    private static int divide(int a, int b) {
        return a / b;
    }
}
