package dev.sirocco.cli;

import dev.sirocco.cli.device.RuntimeDevices;
import dev.sirocco.cli.sdk.SdkNeeded;
import dev.sirocco.model.loading.TornadoVmSdk;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which runtime executes the task graphs. */
final class RuntimeOption {
    /** The most that the cpu device takes. */
    static final int MAX_THREADS = 4096;

    /** Where the cpu device looks; it is made once, so the number cannot change in a process. */
    private static final String THREADS_PROPERTY = "sirocco.threads";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** How the id of a device of a TornadoVM SDK begins. */
    private static final String SDK_DEVICE = "tornadovm";

    /** As they are typed; {@code auto} is the runtime that the device belongs to, or the embedded one. */
    enum Choice {
        embedded,
        tornadovm,
        auto
    }

    @Option(
            names = "--runtime",
            paramLabel = "R",
            defaultValue = "auto",
            description = "embedded, tornadovm (an SDK that TORNADOVM_HOME names) or auto, which is the device's"
                    + " (default: ${DEFAULT-VALUE}).")
    private Choice choice;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads the cpu device uses (default: as many as there are processors).")
    private Integer threads;

    /** Checks what can be checked without looking for devices. */
    void validate() {
        if (threads != null) {
            Numbers.within(spec, "--threads", threads, 1, MAX_THREADS);
        }
    }

    /** {@return whether this process is the embedded runtime's and was not told to be another's} */
    boolean listsBoth() {
        return choice == Choice.auto && !TornadoVmSdk.isRuntime();
    }

    /**
     * {@return the devices of the chosen runtime}
     *
     * @param device what the user wants to run on, or {@code auto}
     * @throws SdkNeeded      when that is a TornadoVM SDK, which this process does not run on
     * @throws CommandFailure when runtime and device do not go together
     */
    RuntimeDevices devices(String device) {
        validate();
        boolean sdkDevice = namesSdk(device);
        boolean wantsSdk =
                choice == Choice.tornadovm || choice == Choice.auto && (sdkDevice || TornadoVmSdk.isRuntime());
        if (wantsSdk && !sdkDevice && !device.equals("auto")) {
            throw new CommandFailure("--device " + device + ": is none of a TornadoVM SDK; name one like tornadovm:0:0,"
                    + " or leave out --runtime tornadovm");
        }
        if (!wantsSdk && sdkDevice) {
            throw new CommandFailure(
                    "--device " + device + ": is none of the embedded runtime; leave out" + " --runtime embedded");
        }
        if (wantsSdk && !TornadoVmSdk.isRuntime()) {
            throw new SdkNeeded();
        }
        if (!wantsSdk && TornadoVmSdk.isRuntime()) {
            throw new CommandFailure(
                    "--runtime embedded: this process was started on a TornadoVM SDK; use scripts/sirocco");
        }
        if (threads != null) {
            System.setProperty(THREADS_PROPERTY, threads.toString());
        }
        return RuntimeDevices.ofProcess();
    }

    /**
     * Refuses the TornadoVM SDK where only the embedded runtime will do.
     *
     * @param device what the user wants to run on
     * @param what   that runtime does alone, as in {@code kernels are exported}
     * @throws CommandFailure when the option or the device is the SDK's
     */
    void requireEmbedded(String device, String what) {
        if (choice == Choice.tornadovm || namesSdk(device) || TornadoVmSdk.isRuntime()) {
            String option = namesSdk(device) ? "--device " + device : "--runtime tornadovm";
            throw new CommandFailure(option + ": " + what + " by the embedded runtime only; leave it out");
        }
    }

    /** {@return whether the runtime for a device is a TornadoVM SDK} */
    boolean isOfSdk(String device) {
        return choice == Choice.tornadovm || choice == Choice.auto && namesSdk(device);
    }

    private static boolean namesSdk(String device) {
        return device.equals(SDK_DEVICE) || device.startsWith(SDK_DEVICE + ":");
    }
}
