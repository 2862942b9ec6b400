package dev.sirocco.cli;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.cli.device.RuntimeDevices;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.config.ProfileCatalog;
import dev.sirocco.model.session.ModelOptions;
import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.export.ExportDevice;
import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.attention.CacheFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Which model runs where, and how large. */
final class RunOptions {
    private static final int MAX_CONTEXT = 1 << 24;
    private static final Set<KernelFormat> FOR_OPENCL = Set.of(KernelFormat.OPENCL_C, KernelFormat.SPIRV);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--device",
            paramLabel = "ID",
            defaultValue = "auto",
            description = "Where to run: an id that 'sirocco devices' lists, or auto (default: ${DEFAULT-VALUE}).")
    private String device;

    @Mixin
    private RuntimeOption runtime;

    @Option(
            names = "--ctx",
            paramLabel = "N",
            description = "The most tokens that prompt and answer have together. Default: what the model was made for,"
                    + " at most 4096.")
    private Integer context;

    @Option(
            names = "--window",
            paramLabel = "N[,N...]",
            split = ",",
            description = "Sliding window in tokens, in place of the model's; 0 for none. Several are those of the"
                    + " layers in turn.")
    private List<Integer> windows;

    @Option(
            names = "--cache-type",
            paramLabel = "TYPE",
            defaultValue = "F32",
            description = "How the KV cache is stored: ${COMPLETION-CANDIDATES}. F16 takes half the memory, Q8_0 a"
                    + " quarter. Default: ${DEFAULT-VALUE}.")
    private CacheFormat cache;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "What an OpenCL device is given kernels as: opencl-c, or spirv where it takes SPIR-V 1.2."
                    + " Default: what its profile says, which is opencl-c unless changed.")
    private String code;

    @Mixin
    private ProfileOption profiles;

    @Option(
            names = "--print-kernel",
            description = "Print on standard error the code that each kernel becomes, stage by stage.")
    private boolean printKernel;

    /** Checks what can be checked without a model. */
    void validate() {
        runtime.validate();
        if (context != null) {
            Numbers.within(spec, "--ctx", context, 1, MAX_CONTEXT);
        }
        if (code != null && KernelFormat.of(code).filter(FOR_OPENCL::contains).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--code: must be opencl-c or spirv, not '" + code + "'");
        }
        if (windows != null) {
            windows.forEach(window -> Numbers.within(spec, "--window", window, 0, MAX_CONTEXT));
        }
    }

    /** {@return whether the form of code was asked for} */
    boolean namesCode() {
        return code != null;
    }

    /** {@return the context that was asked for, 0 when none was} */
    int context() {
        return context == null ? 0 : context;
    }

    /**
     * Opens the model; sessions are made later.
     *
     * @throws CommandFailure when there is no such file, device or runtime
     */
    RunningModel open(Console console) {
        return open(console, device);
    }

    /** {@return the ids that {@code --device} lists, where several make sense} */
    List<String> deviceIds() {
        return List.of(device.split(","));
    }

    /** {@return the device with an id of {@code --device}} */
    TornadoDevice device(String id) {
        try {
            return runtime.devices(id).find(id);
        } catch (TornadoDeviceNotFound e) {
            throw new CommandFailure("--device " + id + ": " + e.getMessage(), e);
        }
    }

    /** {@return what the device with an id is} */
    ListedDevice describe(String id) {
        return runtime.devices(id).describe(device(id));
    }

    /** {@return an exporter of kernels for {@code --device}, which is by default the first that takes the format} */
    ExportDevice exporter(KernelFormat format) {
        return Devices.installed().exporter(format, device(device.equals("auto") ? format.driver() : device));
    }

    /**
     * Opens the model for an exporter.
     *
     * @param profile of a device that is not here, or null for the one that the exporter is for
     */
    RunningModel open(Console console, ExportDevice exporter, String profile) {
        TornadoDevice chosen = Devices.installed().wrap(exporter);
        ListedDevice listed = RuntimeDevices.ofProcess().describe(chosen);
        ProfileCatalog catalog = profiles.catalog();
        return open(
                console,
                chosen,
                listed,
                profile == null ? catalog.forDevice(ProfileSettings.traits(listed)) : catalog.named(profile));
    }

    /** Does what {@link #open(Console)} does, on one of several devices. */
    RunningModel open(Console console, String id) {
        validate();
        TornadoDevice chosen = device(id);
        ListedDevice listed = describe(id);
        DeviceProfile settings = profiles.catalog().forDevice(ProfileSettings.traits(listed));
        settings.binaries()
                .ifPresent(folder -> Devices.installed()
                        .useBinaries(chosen, KernelManifest.read(folder).binaries()));
        useCode(chosen, settings);
        return open(console, chosen, listed, settings);
    }

    private void useCode(TornadoDevice chosen, DeviceProfile settings) {
        KernelFormat wanted =
                KernelFormat.of(code == null ? settings.code() : code).orElseThrow();
        if (code == null && wanted == KernelFormat.OPENCL_C) {
            return; // what OpenCL devices do by themselves, and the default of all others' profiles too
        }
        try {
            Devices.installed().useFormat(chosen, wanted);
        } catch (TornadoRuntimeException refused) {
            String source = code == null ? "profile " + String.join(" + ", settings.sources()) + ": code " : "--code ";
            throw new CommandFailure(source + wanted + ": " + refused.getMessage(), refused);
        }
    }

    private RunningModel open(Console console, TornadoDevice chosen, ListedDevice listed, DeviceProfile settings) {
        Path path = model.path();
        ModelOptions options = ModelOptions.DEFAULT
                .withDevice(chosen)
                .withKernels(ProfileSettings.kernels(settings, listed))
                .withPrintKernels(printKernel);
        if (windows != null) {
            options = options.withWindows(new AttentionWindows(windows));
        }
        return RunningModel.open(console, path, options, listed, cache, settings);
    }
}
