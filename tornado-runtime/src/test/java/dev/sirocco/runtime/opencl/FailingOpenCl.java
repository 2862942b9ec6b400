package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.StandIn;
import dev.sirocco.runtime.codegen.FloatMode;

/** PoCL behind a library that lets chosen calls fail: its devices are {@code failing:0} …, and all arrays are copied. */
final class FailingOpenCl {
    private static final String SETTING = "FAILING_OPENCL";
    private static final OpenClDriver DRIVER =
            new OpenClDriver("failing", FloatMode.RELAXED, true, () -> LinkedLibrary.of("failingopencl"));

    private FailingOpenCl() {}

    /** {@return its device, of which no call fails} Skips the test, with the reason, where there is none. */
    static OpenClDevice device() {
        works();
        return TestDevices.pocl(DRIVER);
    }

    /**
     * Lets calls fail from now on.
     *
     * @param function whose calls fail
     * @param calls    that still succeed
     * @param status   that the others give
     */
    static void fails(String function, int calls, int status) {
        StandIn.setEnvironment(SETTING, function + ":" + calls + ":" + status);
    }

    /** Likewise, and whatever is asked of a queue later gives the same. */
    static void losesDevice(String function, int calls, int status) {
        StandIn.setEnvironment(SETTING, function + ":" + calls + ":" + status + ":lost");
    }

    /** Lets no call fail any more. */
    static void works() {
        StandIn.setEnvironment(SETTING, "");
    }

    /** Everything was released, once, and nothing used after that. */
    static void assertAllGivenBack(OpenClDevice device) {
        assertEquals(0, number(device, "failing_opencl_misused"), "objects that were not there");
        assertEquals(0, number(device, "failing_opencl_live"), "buffers, queues and kernels that are left");
        assertEquals(0, device.usedBytes().get(), "bytes that are left");
    }

    // long failing_opencl_live(void); long failing_opencl_misused(void)
    private static long number(OpenClDevice device, String function) {
        return device.opencl().call(function);
    }
}
