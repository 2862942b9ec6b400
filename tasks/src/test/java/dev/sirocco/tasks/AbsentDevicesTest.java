package dev.sirocco.tasks;

import dev.sirocco.testing.TestedDevices;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Suites leave out an OpenCL platform that is not installed; this is where it is said. */
class AbsentDevicesTest {
    @Test
    void allKernelsRunOnEveryDeviceThatIsAskedFor() {
        List<String> absent = TestedDevices.absent();
        Assumptions.assumeTrue(absent.isEmpty(), () -> String.join("; ", absent));
    }
}
