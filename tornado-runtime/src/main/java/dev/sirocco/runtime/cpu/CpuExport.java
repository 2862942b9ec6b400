package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.codegen.KernelInstance;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import java.nio.charset.StandardCharsets;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Exports kernels as the LLVM IR that the host's machine code is made of. */
public final class CpuExport {
    private CpuExport() {}

    /**
     * {@return an exporter of what the host's processor runs}
     *
     * @throws TornadoRuntimeException when the device is another
     */
    public static ExportDevice of(Device device) {
        if (!(device instanceof CpuDevice cpu)) {
            throw new TornadoRuntimeException(
                    "The device " + device.description().id() + " takes no LLVM IR; --format llvm is for --device cpu");
        }
        String options = "-O3 -mcpu=" + cpu.processor();
        return new ExportDevice(device.description(), task -> {
            KernelInstance kernel = cpu.kernel(task);
            String ir = cpu.emit(kernel);
            return ExportedKernel.of(
                    kernel.function(),
                    kernel.launch(),
                    LlvmEmitter.symbol(kernel.function()),
                    ir.getBytes(StandardCharsets.UTF_8),
                    options,
                    Digest.name(options + "\n" + ir));
        });
    }
}
