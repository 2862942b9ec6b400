package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.source.KernelCode;
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
            KernelCode kernel = cpu.kernel(task);
            return ExportedKernel.of(
                    FrontEnd.compile(task.method(), task.arguments(), null),
                    kernel.launch(),
                    kernel.symbol(),
                    kernel.text().getBytes(StandardCharsets.UTF_8),
                    options,
                    Digest.name(options + "\n" + kernel.text()));
        });
    }
}
