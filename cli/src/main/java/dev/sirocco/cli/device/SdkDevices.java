package dev.sirocco.cli.device;

import dev.sirocco.model.loading.TornadoVmSdk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The devices of the TornadoVM SDK that this process runs on. Backends are told apart by the names of the SDK's
 * constants, because later versions have others.
 */
final class SdkDevices implements RuntimeDevices {
    private static final String DRIVER = "tornadovm";
    private static final Pattern ID = Pattern.compile(DRIVER + "(?::(\\d{1,4})(?::(\\d{1,4}))?)?");

    /** Such as {@code Driver version   : 3.1+debian}, in what an OpenCL device says of itself. */
    private static final Pattern VERSION = Pattern.compile("Driver version\\s*:\\s*(\\S[^\\n]*)");

    private static final Pattern VENDOR = Pattern.compile("Device vendor\\s*:\\s*(\\S[^\\n]*)");

    private final TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();

    @Override
    public TornadoDevice find(String id) {
        Matcher parts = ID.matcher(id.equals("auto") ? DRIVER : id);
        if (parts.matches()) {
            int backend = number(parts.group(1));
            int device = number(parts.group(2));
            if (backend < runtime.getNumBackends()
                    && device < runtime.getBackend(backend).getNumDevices()) {
                return runtime.getBackend(backend).getDevice(device);
            }
        }
        throw new TornadoDeviceNotFound("There is no device '" + id + "' of the TornadoVM SDK; there are auto"
                + list().stream().map(device -> ", " + device.id()).collect(Collectors.joining()));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public ListedDevice describe(TornadoDevice device) {
        return listed(runtime.getBackend(device.getBackendIndex()), device);
    }

    @Override
    public List<ListedDevice> list() {
        List<ListedDevice> listed = new ArrayList<>();
        for (int b = 0; b < runtime.getNumBackends(); b++) {
            TornadoBackend backend = runtime.getBackend(b);
            for (int d = 0; d < backend.getNumDevices(); d++) {
                listed.add(listed(backend, backend.getDevice(d)));
            }
        }
        return listed;
    }

    @Override
    public Map<String, String> absences() {
        return runtime.getNumBackends() > 0
                ? Map.of()
                : Map.of(
                        DRIVER,
                        "no backend of the SDK has a device; install a driver for one, such as pocl-opencl-icd");
    }

    private static ListedDevice listed(TornadoBackend backend, TornadoDevice device) {
        String kind = backend.getBackendType().name();
        String info = String.valueOf(device.getPhysicalDevice().getDeviceInfo());
        Matcher version = VERSION.matcher(info);
        Matcher vendor = VENDOR.matcher(info);
        // Only OpenCL's devices lack either; what they have, they list.
        boolean listsExtensions = kind.equals("OPENCL") || kind.equals("SPIRV");
        return new ListedDevice(
                TornadoVmSdk.id(device),
                DRIVER,
                DRIVER,
                kindOf(device),
                device.getPlatformName(),
                vendor.find() ? vendor.group(1).strip() : device.getPlatformName(),
                device.getPhysicalDevice().getDeviceName().strip(),
                kind + ", " + device.getPlatformName()
                        + (version.find() ? " " + version.group(1).strip() : ""),
                device.getMaxGlobalMemory(),
                device.getMaxAllocMemory(),
                device.getDeviceLocalMemorySize(),
                (int) Math.min(Integer.MAX_VALUE, device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0]),
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                false,
                TornadoVmSdk.hasFloat16(device),
                !listsExtensions || info.contains("cl_khr_fp64"));
    }

    private static String kindOf(TornadoDevice device) {
        return switch (device.getDeviceType().name()) {
            case "CPU" -> "cpu";
            case "GPU" -> "gpu";
            default -> "accelerator";
        };
    }
}
