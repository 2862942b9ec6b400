package dev.sirocco.cli;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.cli.device.RuntimeDevices;
import dev.sirocco.config.ProfileCatalog;
import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.llvm.LlvmException;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Writes each kernel that a model needs on a device, with the options for its compiler and a"
                + " manifest, into a folder.",
        footer = {
            "",
            "The device is one that is here (--device; by default the first that takes the format) or one that is not"
                    + " (--device-profile). Offline compilers take it from there; 'sirocco kernels build' uses the"
                    + " driver of an OpenCL device. A profile's key 'binaries'"
                    + " names the folder when everything is built. Numbers of the model and the context (--ctx) are"
                    + " part of the code: export with those that you will run with."
        })
final class KernelsExportCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--device-profile",
            paramLabel = "P",
            description = "Name of the profile of a device that is not here, such as fpga-intel.")
    private String deviceProfile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder; it is made if need be.")
    private Path folder;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "opencl-c",
            description = "What the code is: opencl-c, spirv, ptx, or llvm for the processor of this machine (default:"
                    + " ${DEFAULT-VALUE}).")
    private String format;

    @Option(
            names = "--sm",
            paramLabel = "SM",
            description = "For ptx with --device-profile: the generation of cards, such as sm_80. Later ones run it too"
                    + " (default: sm_75).")
    private String sm;

    KernelsExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        run.validate();
        if (run.namesCode()) {
            throw new ParameterException(spec.commandLine(), "--code: kernels export has --format in its place");
        }
        run.requireEmbedded("kernels are exported");
        KernelFormat chosen = KernelFormat.of(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--format: there is no format '" + format + "'; there are " + KernelFormat.labels()));
        NvidiaArchitecture architecture = architecture(chosen);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandFailure("--out " + folder + ": is not a folder; name another");
        }
        ExportDevice exporter = exporter(chosen, architecture);
        try (RunningModel running = open(exporter)) {
            running.newSession(run.context());
        } catch (LlvmException refused) {
            String generation = chosen == KernelFormat.PTX && deviceProfile != null
                    ? " (for " + architecture.sm() + "; --sm names another generation)"
                    : "";
            throw new CommandFailure("--format " + format + ": " + refused.getMessage() + generation, refused);
        }
        String device = deviceProfile == null ? exporter.description().name() : "profile " + deviceProfile;
        KernelManifest manifest = KernelManifest.of(folder, chosen, device, exporter.kernels());
        try {
            for (KernelManifest.Entry entry : manifest.entries()) {
                write(folder.resolve(entry.source()), entry.kernel().code());
            }
            write(folder.resolve(KernelManifest.FILE), manifest.json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure("--out " + folder + ": cannot be written: " + e, e);
        }
        console.println(manifest.entries().size() + " kernels and " + KernelManifest.FILE + " in " + folder);
    }

    private NvidiaArchitecture architecture(KernelFormat chosen) {
        if (sm == null) {
            return NvidiaArchitecture.TURING;
        }
        if (chosen != KernelFormat.PTX || deviceProfile == null) {
            throw new ParameterException(
                    spec.commandLine(), "--sm: is for --format ptx with --device-profile; a device knows its own");
        }
        try {
            return NvidiaArchitecture.ofSm(sm);
        } catch (LlvmException unknown) {
            throw new ParameterException(spec.commandLine(), "--sm: " + unknown.getMessage(), unknown);
        }
    }

    private ExportDevice exporter(KernelFormat chosen, NvidiaArchitecture architecture) {
        if (deviceProfile != null) {
            return Devices.installed().exporter(chosen, architecture);
        }
        if (!run.deviceId().equals("auto")) {
            return Devices.installed().exporter(chosen, run.device(run.deviceId()));
        }
        try {
            return Devices.installed().exporter(chosen, Devices.installed().find(chosen.driver()));
        } catch (TornadoDeviceNotFound absent) {
            throw new CommandFailure(
                    "--format " + format + ": " + absent.getMessage()
                            + "; or name the profile of a device that is not here (--device-profile)",
                    absent);
        }
    }

    private RunningModel open(ExportDevice exporter) {
        TornadoDevice chosen = Devices.installed().wrap(exporter);
        ListedDevice listed = RuntimeDevices.ofProcess().describe(chosen);
        ProfileCatalog catalog = run.catalog();
        return run.open(
                console,
                chosen,
                listed,
                deviceProfile == null
                        ? catalog.forDevice(ProfileSettings.traits(listed))
                        : catalog.named(deviceProfile));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        CacheFolder.write(file, new ByteArrayInputStream(bytes));
    }
}
