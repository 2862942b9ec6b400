package dev.sirocco.cli;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.cache.CacheFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Builds exported kernels with the driver of an OpenCL device, and puts the binaries where the"
                + " manifest says that they belong.")
final class KernelsBuildCommand implements Runnable {
    private final Console console;

    @Mixin
    private RuntimeOption runtime;

    @Option(
            names = "--device",
            paramLabel = "ID",
            defaultValue = "opencl:0",
            description = "The device to build for: an id that 'sirocco devices' lists (default: ${DEFAULT-VALUE}).")
    private String id;

    @Parameters(paramLabel = "DIR", description = "A folder that 'sirocco kernels export' wrote.")
    private Path folder;

    KernelsBuildCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        runtime.validate();
        runtime.requireEmbedded(id, "kernels are built");
        Devices devices = Devices.installed();
        KernelManifest manifest = KernelManifest.read(folder);
        TornadoDevice device;
        try {
            device = devices.find(id);
        } catch (TornadoDeviceNotFound e) {
            throw new CommandFailure("--device " + id + ": " + e.getMessage(), e);
        }
        int built = 0;
        for (KernelManifest.Entry entry : manifest.entries()) {
            if (console.errIsTerminal()) {
                console.notePart(Console.ERASE_LINE + "sirocco: building " + ++built + " of "
                        + manifest.entries().size() + ", " + entry.kernel().kernel());
            }
            byte[] binary = devices.build(device, entry.kernel(), manifest.format());
            try {
                CacheFolder.write(manifest.binary(entry), new ByteArrayInputStream(binary));
            } catch (IOException e) {
                throw new CommandFailure(manifest.binary(entry) + ": cannot be written: " + e, e);
            }
        }
        if (console.errIsTerminal()) {
            console.notePart(Console.ERASE_LINE);
        }
        console.println(manifest.entries().size() + " binaries for " + device.getDeviceName() + " in " + folder);
    }
}
