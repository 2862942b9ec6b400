package dev.sirocco.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of the commands that make a model file. */
final class NewFileOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads work (default: as many as there are processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print an object about the file.")
    private boolean json;

    void validate() {
        Numbers.within(spec, "--threads", threads, 1, RuntimeOption.MAX_THREADS);
    }

    int threads() {
        return threads;
    }

    /** {@return whether a file of the new one's name may be replaced} */
    boolean force() {
        return force;
    }

    /** {@return whether to print an object} */
    boolean json() {
        return json;
    }
}
