package dev.sirocco.model.loading;

import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** What is different where a TornadoVM SDK executes the task graphs, in place of the embedded runtime. */
public final class TornadoVmSdk {
    private TornadoVmSdk() {}

    /** {@return whether this process runs on an SDK: its module of the API is there and wins over any class path} */
    public static boolean isRuntime() {
        return ModuleLayer.boot().findModule("tornado.api").isPresent();
    }

    /**
     * {@return whether a device has numbers of half precision, without which no kernel may read an array of them} Only
     * OpenCL's devices may lack them; they list what they have.
     */
    public static boolean hasFloat16(TornadoDevice device) {
        String backend = device.getTornadoVMBackend().name();
        boolean lists = backend.equals("OPENCL") || backend.equals("SPIRV");
        return !lists || device.getPhysicalDevice().getDeviceInfo().contains("cl_khr_fp16");
    }

    /** {@return {@code tornadovm:B:D}: device D of backend B, both as the SDK counts them} */
    public static String id(TornadoDevice device) {
        int backend = device.getBackendIndex();
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        return "tornadovm:" + backend + ":"
                + runtime.getBackend(backend).getAllDevices().indexOf(device);
    }
}
