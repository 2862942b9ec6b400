package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.graph.EmbeddedPlan;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a plan says and does when its device is lost or full: on PoCL, whose calls a library lets fail. */
class DeviceLossTest {
    private static final Task1<IntArray> ADD_ONE = DeviceLossTest::addOne;
    private static final ExecutionSettings SETTINGS = ExecutionSettings.DEFAULT;

    private static final String LOST = "; the device was lost: see the system's log, and start again";
    private static final String PERHAPS_LOST =
            "; the device ran out of resources or was lost: use a smaller --ctx or model, see the system's log if that"
                    + " does not help";
    private static final String FULL = "; there is not enough memory: use a smaller --ctx or model";

    private OpenClDevice device;

    private static void addOne(IntArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) + 1);
        }
    }

    @BeforeEach
    void openTheDevice() {
        device = FailingOpenCl.device();
    }

    @AfterEach
    void leaveNothingFailing() {
        FailingOpenCl.works();
    }

    /** A plan with two tasks on one array, which goes to the device and back each time. */
    private EmbeddedPlan plan(IntArray x) {
        GraphDescription graph = new GraphDescription(
                "g",
                List.of(
                        new GraphStep.TransferToDevice(DataTransferMode.EVERY_EXECUTION, List.of(x)),
                        new GraphStep.RunTask("one", ADD_ONE, List.of(x)),
                        new GraphStep.RunTask("two", ADD_ONE, List.of(x)),
                        new GraphStep.TransferToHost(DataTransferMode.EVERY_EXECUTION, List.of(x))));
        return new EmbeddedPlan(List.of(graph), _ -> device, false);
    }

    private static String failure(EmbeddedPlan plan) {
        String message = assertThrows(TornadoRuntimeException.class, () -> plan.execute(0, SETTINGS))
                .getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private String named(String function, String status, String remedy) {
        return device.opencl().subject() + ": " + function + ": " + status + remedy;
    }

    @ParameterizedTest
    @CsvSource({
        // function, calls that succeed, status, its name, what begins the message
        "clEnqueueWriteBuffer, 1, -2, CL_DEVICE_NOT_AVAILABLE, ''",
        "clEnqueueNDRangeKernel, 2, -36, CL_INVALID_COMMAND_QUEUE, 'task g.one: '",
        "clEnqueueNDRangeKernel, 3, -5, CL_OUT_OF_RESOURCES, 'task g.two: '",
        "clEnqueueNDRangeKernel, 3, -4, CL_MEM_OBJECT_ALLOCATION_FAILURE, 'task g.two: '",
        "clEnqueueReadBuffer, 1, -5, CL_OUT_OF_RESOURCES, ''",
        "clFinish, 1, -36, CL_INVALID_COMMAND_QUEUE, ''",
        "clFinish, 1, -14, CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST, ''",
        "clFinish, 1, -34, CL_INVALID_CONTEXT, ''",
    })
    void aLostDeviceIsSaidEachTimeAndLeavesNothingBehind(
            String function, int calls, int status, String name, String where) {
        String remedy = switch (status) {
            case OpenClStatus.OUT_OF_RESOURCES -> PERHAPS_LOST;
            case OpenClStatus.MEM_OBJECT_ALLOCATION_FAILURE -> FULL;
            default -> LOST;
        };
        String expected = where + named(function, name, remedy);
        EmbeddedPlan plan = plan(new IntArray(100));
        FailingOpenCl.losesDevice(function, calls, status);
        plan.execute(0, SETTINGS);
        assertEquals(expected, failure(plan));
        assertEquals(expected, failure(plan));
        plan.close();
        plan.close();
        FailingOpenCl.assertAllGivenBack(device);
    }

    /** A task that was left out cannot be made up for, so that it does not matter whether the next one would run. */
    @Test
    void afterAFailureNothingGoesOnAsIfItHadNotBeen() {
        IntArray x = new IntArray(100);
        EmbeddedPlan plan = plan(x);
        FailingOpenCl.fails("clEnqueueNDRangeKernel", 1, OpenClStatus.OUT_OF_HOST_MEMORY);
        String first = failure(plan);
        assertEquals("task g.two: " + named("clEnqueueNDRangeKernel", "CL_OUT_OF_HOST_MEMORY", FULL), first);
        FailingOpenCl.works();
        assertEquals(first, failure(plan));
        assertEquals(
                first,
                assertThrows(TornadoRuntimeException.class, () -> plan.execute(0, SETTINGS.withProfile(true)))
                        .getMessage());
        plan.freeDeviceMemory();
        plan.execute(0, SETTINGS);
        assertEquals(2, x.get(99), "with memory of its own again, the plan begins anew");
        plan.close();
        FailingOpenCl.assertAllGivenBack(device);
    }

    @Test
    void aFailureAmongResourcesIsOneException() {
        FailingOpenCl.losesDevice("clFinish", 0, OpenClStatus.INVALID_COMMAND_QUEUE);
        TornadoRuntimeException failed = assertThrows(TornadoRuntimeException.class, () -> {
            try (EmbeddedPlan plan = plan(new IntArray(100))) {
                plan.execute(0, SETTINGS);
            }
        });
        assertEquals(named("clFinish", "CL_INVALID_COMMAND_QUEUE", LOST), failed.getMessage());
        assertEquals(0, failed.getSuppressed().length);
        FailingOpenCl.assertAllGivenBack(device);
    }

    @Test
    void aDeviceThatIsLostWhileNothingRunsIsSaidWhenThePlanIsClosed() {
        EmbeddedPlan plan = plan(new IntArray(100));
        plan.execute(0, SETTINGS);
        FailingOpenCl.losesDevice("clFinish", 0, OpenClStatus.DEVICE_NOT_AVAILABLE);
        TornadoRuntimeException failed = assertThrows(TornadoRuntimeException.class, plan::close);
        assertEquals(named("clFinish", "CL_DEVICE_NOT_AVAILABLE", LOST), failed.getMessage());
        plan.close();
        FailingOpenCl.assertAllGivenBack(device);
    }

    @ParameterizedTest
    @CsvSource({
        "-4, CL_MEM_OBJECT_ALLOCATION_FAILURE",
        "-5, CL_OUT_OF_RESOURCES",
        "-6, CL_OUT_OF_HOST_MEMORY",
        "-61, CL_INVALID_BUFFER_SIZE",
    })
    void anArrayForWhichThereIsNoRoomIsNamedWithTheDevice(int status, String name) {
        IntArray x = new IntArray(100);
        EmbeddedPlan plan = plan(x);
        FailingOpenCl.fails("clCreateBuffer", 0, status);
        for (int time = 0; time < 2; time++) {
            String message = assertThrows(TornadoOutOfMemoryException.class, () -> plan.execute(0, SETTINGS))
                    .getMessage();
            assertTrue(
                    message.endsWith(": " + device.opencl().subject() + " has no room for 400 bytes: its driver says "
                            + name + "; use a smaller --ctx or model, or another device"),
                    message);
            assertTrue(message.startsWith("the IntArray of 100 elements that is argument 1 of task g.one"), message);
        }
        FailingOpenCl.works();
        plan.execute(0, SETTINGS);
        assertEquals(2, x.get(99), "nothing had happened on the device: once there is room, the plan runs");
        plan.close();
        FailingOpenCl.assertAllGivenBack(device);
    }

    @Test
    void aQueueOrKernelThatCannotBeMadeIsSaidAndLeavesNothingBehind() {
        EmbeddedPlan plan = plan(new IntArray(100));
        FailingOpenCl.fails("clCreateCommandQueue", 0, OpenClStatus.OUT_OF_HOST_MEMORY);
        assertEquals(named("clCreateCommandQueue", "CL_OUT_OF_HOST_MEMORY", FULL), failure(plan));
        FailingOpenCl.fails("clCreateKernel", 1, OpenClStatus.OUT_OF_RESOURCES);
        String expected = "task g.two: " + named("clCreateKernel", "CL_OUT_OF_RESOURCES", PERHAPS_LOST);
        assertEquals(expected, failure(plan));
        assertEquals(expected, failure(plan));
        plan.close();
        FailingOpenCl.assertAllGivenBack(device);
    }
}
