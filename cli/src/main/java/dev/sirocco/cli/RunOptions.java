package dev.sirocco.cli;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.config.ProfileCatalog;
import dev.sirocco.model.session.ModelOptions;
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

/** Which model runs where, and how large. */
final class RunOptions {
    private static final int MAX_CONTEXT = 1 << 24;

    /** What OpenCL devices do by themselves, and the default of all others' profiles too. */
    private static final String DEFAULT_CODE = "opencl-c";

    private static final Set<String> CODES = Set.of(DEFAULT_CODE, "spirv");

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
            paramLabel = "N",
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
        if (code != null && !CODES.contains(code)) {
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

    /** {@return whether the device with an id is one of a TornadoVM SDK, which this process need not run on} */
    boolean isOfSdk(String id) {
        return runtime.isOfSdk(id);
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

    /** {@return what {@code --device} says, word for word} */
    String deviceId() {
        return device;
    }

    /** {@return the profiles that there are, with the user's} */
    ProfileCatalog catalog() {
        return profiles.catalog();
    }

    /**
     * Refuses the TornadoVM SDK where a command is the embedded runtime's alone.
     *
     * @param what the command does, as in {@code kernels are exported}
     */
    void requireEmbedded(String what) {
        runtime.requireEmbedded(device, what);
    }

    /** Does what {@link #open(Console)} does, on one of several devices. */
    RunningModel open(Console console, String id) {
        validate();
        TornadoDevice chosen = device(id);
        ListedDevice listed = describe(id);
        DeviceProfile settings = profiles.catalog().forDevice(ProfileSettings.traits(listed));
        settings.binaries().ifPresent(folder -> {
            requireEmbedded("binaries (of a profile) are used");
            EmbeddedKernels.use(chosen, folder);
        });
        if (code != null) {
            requireEmbedded("forms of code (--code) are chosen");
            EmbeddedKernels.useCode(chosen, code, "--code ");
        } else if (!settings.code().equals(DEFAULT_CODE)) {
            String source = "profile " + String.join(" + ", settings.sources()) + ": code ";
            requireEmbedded("forms of code (of a profile) are chosen");
            EmbeddedKernels.useCode(chosen, settings.code(), source);
        }
        return open(console, chosen, listed, settings);
    }

    /** Opens the model on a device that {@code --device} need not name. */
    RunningModel open(Console console, TornadoDevice chosen, ListedDevice listed, DeviceProfile settings) {
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
