package dev.sirocco.cli;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.runtime.export.KernelFormat;
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

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Writes each kernel that a model needs on a device, with the options for its compiler and a"
                + " manifest, into a folder.",
        footer = {
            "",
            "The device is one that is here (--device) or one that is not (--device-profile). Offline compilers take it"
                    + " from there; 'sirocco kernels build' uses the driver of a device. A profile's key 'binaries'"
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
            description = "opencl-c (default: ${DEFAULT-VALUE}).")
    private String format;

    KernelsExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        run.validate();
        KernelFormat chosen = KernelFormat.of(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--format: there is no format '" + format + "'; there is opencl-c"));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandFailure("--out " + folder + ": is not a folder; name another");
        }
        ExportDevice exporter = run.exporter(chosen, deviceProfile);
        try (RunningModel running = run.open(console, exporter, deviceProfile)) {
            running.newSession(run.context());
        }
        String device = deviceProfile == null ? exporter.description().name() : "profile " + deviceProfile;
        KernelManifest manifest = KernelManifest.of(folder, chosen, device, exporter.kernels());
        try {
            for (KernelManifest.Entry entry : manifest.entries()) {
                write(folder.resolve(entry.source()), entry.kernel().code());
            }
            write(folder.resolve(KernelManifest.FILE), manifest.json());
        } catch (IOException e) {
            throw new CommandFailure("--out " + folder + ": cannot be written: " + e, e);
        }
        console.println(manifest.entries().size() + " kernels and " + KernelManifest.FILE + " in " + folder);
    }

    private static void write(Path file, String text) throws IOException {
        CacheFolder.write(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
