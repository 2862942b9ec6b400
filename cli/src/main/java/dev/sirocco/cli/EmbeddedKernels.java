package dev.sirocco.cli;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.KernelFormat;
import java.nio.file.Path;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Where a device of the embedded runtime takes its kernels from. Stands by itself because this runtime is not there
 * when a command runs on a TornadoVM SDK.
 */
final class EmbeddedKernels {
    private EmbeddedKernels() {}

    /**
     * Has a device load its kernels from a folder in place of compiling them.
     *
     * @param folder with a manifest
     * @throws CommandFailure when the manifest is not there or not sound
     */
    static void use(TornadoDevice device, Path folder) {
        Devices.installed().useBinaries(device, KernelManifest.read(folder).binaries());
    }

    /**
     * Has a device be given its kernels as some form of code.
     *
     * @param code   a form's label
     * @param source what asks for it, as a message about it begins
     * @throws CommandFailure when the device does not take it
     */
    static void useCode(TornadoDevice device, String code, String source) {
        KernelFormat wanted = KernelFormat.of(code).orElseThrow();
        try {
            Devices.installed().useFormat(device, wanted);
        } catch (TornadoRuntimeException refused) {
            throw new CommandFailure(source + wanted + ": " + refused.getMessage(), refused);
        }
    }
}
