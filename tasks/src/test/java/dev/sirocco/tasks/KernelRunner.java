package dev.sirocco.tasks;

import dev.sirocco.testing.TestedDevices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Somewhere to run a kernel: called as plain Java, or on a device through a task graph. */
public interface KernelRunner {
    /** Why a test is not run. */
    String NO_HALVES = "the device of this TornadoVM SDK has no cl_khr_fp16: run on one that has";

    /** Runs the kernel once; the arrays among its arguments hold the results afterwards. */
    void run(KernelCall call);

    /** {@return how many different kernels tests should ask for} */
    default TestedSizes sizes() {
        return TestedSizes.ALL;
    }

    /** {@return every runner that kernels are tested on} */
    static Stream<KernelRunner> all() {
        List<KernelRunner> runners = new ArrayList<>();
        runners.add(new PlainJava());
        Stream.concat(devices(), hosted()).forEach(device -> runners.add(new OnDevice(device)));
        return runners.stream();
    }

    /** {@return the virtual card, and SPIR-V run by the host where it can be translated back} */
    static Stream<TornadoDevice> hosted() {
        return TestedDevices.hosted().stream().map(TestedDevices::find);
    }

    /** {@return the devices that kernels are tested on} */
    static Stream<TornadoDevice> devices() {
        return TestedDevices.ofKernels().stream().map(TestedDevices::find);
    }

    /** {@return those of {@link #devices()} that have barriers: not the cpu device} */
    static Stream<TornadoDevice> groupDevices() {
        return withBarriers(TestedDevices.ofKernels());
    }

    /** {@return the devices that whole models are tested on} */
    static Stream<TornadoDevice> modelDevices() {
        List<String> found = TestedDevices.ids();
        Assumptions.assumeFalse(found.isEmpty(), () -> String.join("; ", TestedDevices.absent()));
        return found.stream().map(TestedDevices::find);
    }

    /** {@return those of {@link #modelDevices()} that have barriers} */
    static Stream<TornadoDevice> groupModelDevices() {
        return withBarriers(TestedDevices.ids());
    }

    private static Stream<TornadoDevice> withBarriers(List<String> ids) {
        List<String> found = ids.stream().filter(id -> !id.equals("cpu")).toList();
        Assumptions.assumeFalse(found.isEmpty(), "no device of sirocco.test.devices has barriers; add reference");
        return found.stream().map(TestedDevices::find);
    }

    /** Calls the kernel's method: its loops run one after the other. */
    record PlainJava() implements KernelRunner {
        @Override
        public void run(KernelCall call) {
            try {
                Method apply = Arrays.stream(call.code().getClass().getMethods())
                        .filter(method -> method.getName().equals("apply"))
                        .findFirst()
                        .orElseThrow();
                apply.setAccessible(true);
                apply.invoke(call.code(), call.arguments());
            } catch (InvocationTargetException failure) {
                throw new AssertionError("the kernel failed", failure.getCause());
            } catch (IllegalAccessException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public String toString() {
            return "plain Java";
        }
    }

    /** Runs the kernel as the only task of a graph, all arrays copied in and out. */
    record OnDevice(TornadoDevice device) implements KernelRunner {
        @Override
        public TestedSizes sizes() {
            return TestedSizes.on(device);
        }

        @Override
        public void run(KernelCall call) {
            boolean halves = Arrays.stream(call.arguments()).anyMatch(HalfFloatArray.class::isInstance);
            Assumptions.assumeTrue(!halves || TestedDevices.readsHalfPrecision(device), NO_HALVES);
            Object[] arrays = Arrays.stream(call.arguments())
                    .filter(TornadoNativeArray.class::isInstance)
                    .toArray();
            TaskGraph graph = new TaskGraph("graph").transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
            if (TestedDevices.isOnSdk()) {
                FirstReader.addTo(graph, arrays);
            }
            call.addTo(graph, "task");
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device).execute();
            } catch (TornadoExecutionPlanException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public String toString() {
            return device.getDeviceName();
        }
    }
}
