package dev.sirocco.model.loading;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

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
}
