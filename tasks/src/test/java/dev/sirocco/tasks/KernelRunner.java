package dev.sirocco.tasks;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Somewhere to run a kernel: called as plain Java, or on a device through a task graph. */
public interface KernelRunner {
    /** Runs the kernel once; the arrays among its arguments hold the results afterwards. */
    void run(KernelCall call);

    /** {@return whether tests should ask for few different kernels} */
    default boolean compilesSlowly() {
        return false;
    }

    /** {@return every runner that kernels are tested on} */
    static Stream<KernelRunner> all() {
        List<KernelRunner> runners = new ArrayList<>();
        runners.add(new PlainJava());
        Stream.concat(devices(), hosted()).forEach(device -> runners.add(new OnDevice(device)));
        return runners.stream();
    }

    /** {@return what is generated for PTX, and SPIR-V where it can be translated back, run by the host} */
    static Stream<TornadoDevice> hosted() {
        return Devices.installed().list().stream()
                .map(DeviceDescription::id)
                .filter(id -> id.startsWith("hosted:"))
                .map(id -> Devices.installed().find(id));
    }

    /**
     * {@return the devices that kernels are tested on} They are those that the system property {@code
     * sirocco.test.devices} lists, separated by commas, or all that there are but those of {@link #hosted()}. Of {@code
     * pocl} and {@code rusticl}, which name the device of an OpenCL platform, those that are not there are left out.
     */
    static Stream<TornadoDevice> devices() {
        return ids(true).map(id -> Devices.installed().find(id));
    }

    /** {@return those of {@link #devices()} that have barriers: not the cpu device} */
    static Stream<TornadoDevice> groupDevices() {
        return ids(true)
                .filter(id -> !id.equals("cpu"))
                .map(id -> Devices.installed().find(id));
    }

    /**
     * {@return the devices that whole models are tested on} They are the same, but for {@code pocl} and {@code rusticl}:
     * these have a short test, with the models of files.
     */
    static Stream<TornadoDevice> modelDevices() {
        return ids(false).map(id -> Devices.installed().find(id));
    }

    /** {@return those of {@link #modelDevices()} that have barriers} */
    static Stream<TornadoDevice> groupModelDevices() {
        return ids(false)
                .filter(id -> !id.equals("cpu"))
                .map(id -> Devices.installed().find(id));
    }

    private static Stream<String> ids(boolean slow) {
        String chosen = System.getProperty("sirocco.test.devices", "");
        return chosen.isEmpty()
                ? Devices.installed().list().stream().map(DeviceDescription::id).filter(id -> !id.startsWith("hosted:"))
                : Arrays.stream(chosen.split(",")).flatMap(name -> switch (name) {
                    case "pocl" -> slow ? openCl("Portable Computing Language") : Stream.of();
                    case "rusticl" -> slow ? openCl("rusticl") : Stream.of();
                    default -> Stream.of(name);
                });
    }

    private static Stream<String> openCl(String platform) {
        return Devices.installed().list().stream()
                .filter(device ->
                        device.driver().equals("opencl") && device.platform().equals(platform))
                .map(DeviceDescription::id);
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
        /** A compiler of OpenCL C takes its time, and each size is a kernel to compile. */
        @Override
        public boolean compilesSlowly() {
            return device.getTornadoVMBackend() == TornadoVMBackendType.OPENCL;
        }

        @Override
        public void run(KernelCall call) {
            Object[] arrays = Arrays.stream(call.arguments())
                    .filter(TornadoNativeArray.class::isInstance)
                    .toArray();
            TaskGraph graph = new TaskGraph("graph").transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
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
