package dev.sirocco.cli;

import dev.sirocco.runtime.Devices;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which runtime executes the task graphs. */
final class RuntimeOption {
    /** The most that the cpu device takes. */
    private static final int MAX_THREADS = 4096;

    /** Where the cpu device looks; it is made once, so the number cannot change in a process. */
    private static final String THREADS_PROPERTY = "sirocco.threads";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** As they are typed; {@code auto} is the embedded runtime, the only one that this class path has. */
    enum Choice {
        embedded,
        tornadovm,
        auto
    }

    @Option(
            names = "--runtime",
            paramLabel = "R",
            defaultValue = "auto",
            description = "embedded, tornadovm or auto (default: ${DEFAULT-VALUE}).")
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

    /**
     * {@return the runtime's devices}
     *
     * @throws CommandFailure when the chosen runtime is not there
     */
    Devices devices() {
        validate();
        if (threads != null) {
            System.setProperty(THREADS_PROPERTY, threads.toString());
        }
        return switch (choice) {
            case embedded, auto -> Devices.installed();
            case tornadovm ->
                throw new CommandFailure("--runtime tornadovm: this version cannot start on a TornadoVM SDK;"
                        + " leave the option out to use the embedded runtime");
        };
    }
}
