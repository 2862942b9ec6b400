package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.ExecutionProfile;
import dev.sirocco.spi.ExecutionSettings;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.PlanExecutor;
import dev.sirocco.spi.RuntimeProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** A runtime that executes nothing and remembers what it was asked: the other side of the seam. */
public final class RecordingRuntime implements RuntimeProvider {
    private final List<Executor> executors = new ArrayList<>();

    /** {@return the runtime that the service loader found} */
    static RecordingRuntime instance() {
        return (RecordingRuntime) RuntimeProvider.installed();
    }

    /** {@return the executor of the plan that was made last} */
    Executor lastExecutor() {
        return executors.getLast();
    }

    @Override
    public TornadoRuntime runtime() {
        return new Backends();
    }

    @Override
    public PlanExecutor plan(List<GraphDescription> graphs) {
        executors.add(new Executor(graphs));
        return executors.getLast();
    }

    static final class Executor implements PlanExecutor {
        /** Made before, so that executing allocates nothing and a test can tell what the plan allocates. */
        private static final List<String> EXECUTE = List.of("execute 0", "execute 1", "execute 2");

        final List<GraphDescription> graphs;
        final List<String> calls = new ArrayList<>();
        ExecutionSettings settings;
        RuntimeException failure;

        Executor(List<GraphDescription> graphs) {
            this.graphs = graphs;
        }

        @Override
        public void compile(int first, int end, ExecutionSettings settings) {
            for (int graph = first; graph < end; graph++) {
                calls.add("compile " + graph);
                this.settings = settings;
            }
        }

        @Override
        public ExecutionProfile execute(int graph, ExecutionSettings settings) {
            calls.add(EXECUTE.get(graph));
            this.settings = settings;
            if (!settings.profile()) {
                return ExecutionProfile.NONE;
            }
            Map<String, Long> kernelNanos = new LinkedHashMap<>();
            kernelNanos.put("first", 30L);
            kernelNanos.put("second", 12L);
            return new ExecutionProfile(graphs.get(graph).name(), 100, 40, 5, 7, 64, 16, 3, kernelNanos);
        }

        @Override
        public void transferToHost(Object... arrays) {
            calls.add("transfer " + arrays.length);
        }

        @Override
        public void freeDeviceMemory() {
            calls.add("free");
        }

        @Override
        public long deviceMemoryBytes() {
            return 4096;
        }

        @Override
        public void close() {
            calls.add("close");
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Backend 0 is OpenCL with two devices, backend 1 PTX with one. */
    private record Backends() implements TornadoRuntime {
        @Override
        public int getNumBackends() {
            return 2;
        }

        @Override
        public TornadoBackend getBackend(int index) {
            return switch (index) {
                case 0 -> new Backend(0, TornadoVMBackendType.OPENCL, 2);
                case 1 -> new Backend(1, TornadoVMBackendType.PTX, 1);
                default -> throw new TornadoBackendNotFound("There is no backend " + index);
            };
        }

        @Override
        public TornadoVMBackendType getBackendType(int index) {
            return getBackend(index).getBackendType();
        }

        @Override
        public TornadoDevice getDefaultDevice() {
            return getBackend(0).getDefaultDevice();
        }
    }

    private record Backend(int index, TornadoVMBackendType type, int devices) implements TornadoBackend {
        @Override
        public TornadoDevice getDefaultDevice() {
            return getDevice(0);
        }

        @Override
        public int getNumDevices() {
            return devices;
        }

        @Override
        public TornadoDevice getDevice(int device) {
            if (device < 0 || device >= devices) {
                throw new TornadoDeviceNotFound("There is no device " + device);
            }
            return new Device(this, device);
        }

        @Override
        public List<TornadoDevice> getAllDevices() {
            List<TornadoDevice> all = new ArrayList<>();
            for (int device = 0; device < devices; device++) {
                all.add(getDevice(device));
            }
            return all;
        }

        @Override
        public String getName() {
            return type.name();
        }

        @Override
        public TornadoVMBackendType getBackendType() {
            return type;
        }
    }

    private record Device(Backend backend, int index) implements TornadoDevice, TornadoTargetDevice {
        @Override
        public String getDeviceName() {
            return backend.getName() + "-" + index;
        }

        @Override
        public String getDescription() {
            return getDeviceName();
        }

        @Override
        public String getPlatformName() {
            return "recording";
        }

        @Override
        public TornadoTargetDevice getPhysicalDevice() {
            return this;
        }

        @Override
        public TornadoDeviceType getDeviceType() {
            return TornadoDeviceType.CPU;
        }

        @Override
        public long getMaxAllocMemory() {
            return 1 << 20;
        }

        @Override
        public long getMaxGlobalMemory() {
            return 1 << 21;
        }

        @Override
        public long getDeviceLocalMemorySize() {
            return 1 << 15;
        }

        @Override
        public long[] getDeviceMaxWorkgroupDimensions() {
            return new long[] {64, 64, 64};
        }

        @Override
        public int getBackendIndex() {
            return backend.index();
        }

        @Override
        public TornadoVMBackendType getTornadoVMBackend() {
            return backend.type();
        }

        @Override
        public long getDeviceGlobalMemorySize() {
            return getMaxGlobalMemory();
        }

        @Override
        public int getDeviceMaxComputeUnits() {
            return 2;
        }

        @Override
        public long[] getDeviceMaxWorkItemSizes() {
            return getDeviceMaxWorkgroupDimensions();
        }

        @Override
        public long[] getDeviceMaxWorkGroupSize() {
            return new long[] {64};
        }

        @Override
        public String getDeviceInfo() {
            return getDeviceName();
        }
    }
}
