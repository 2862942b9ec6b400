package dev.sirocco.benchmarks;

import dev.sirocco.model.files.ModelFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** What {@code scripts/make-model} and the scripts in {@code benchmarks/} run. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        subcommands = {
            MakeModel.class,
            MeasureKernels.class,
            MeasureLaunches.class,
            MeasureBandwidth.class,
            MeasureQuality.class
        },
        description = "Makes model files to measure with, and measures.")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** {@return the command, to be run or tested: exit code 0, 1 for failure, 2 for bad usage} */
    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((error, _) -> {
            CommandLine failed = error.getCommandLine();
            String name = failed.getCommandSpec().qualifiedName();
            failed.getErr().println(name + ": " + error.getMessage() + " (" + name + " --help tells the options)");
            return ExitCode.USAGE;
        });
        return command.setExecutionExceptionHandler((failure, failed, _) -> {
            if (!isForTheUser(failure)) {
                throw failure;
            }
            failed.getErr().println(failed.getCommandSpec().qualifiedName() + ": " + failure.getMessage());
            return ExitCode.SOFTWARE;
        });
    }

    /** {@return whether a failure's message is for whoever gave the command; others are bugs, and show where} */
    private static boolean isForTheUser(Exception failure) {
        return failure instanceof ModelFileException
                || failure instanceof TornadoRuntimeException
                || failure instanceof IllegalStateException;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do");
    }
}
