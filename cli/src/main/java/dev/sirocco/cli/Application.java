package dev.sirocco.cli;

import dev.sirocco.cli.sdk.SdkInstallation;
import dev.sirocco.cli.sdk.SdkLaunch;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line as a whole: which commands there are, and what becomes of their failures.
 *
 * <p>No lambda or method reference here and in what it calls has a type of picocli's in its signature: those classes
 * have too old a format for the JVM's cache, and JDK 25.0.3 crashes when it writes a cache of such a lambda.
 */
final class Application {
    private static final int USAGE_WIDTH = 100;

    private final Console console;
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Application(Console console, Interruption interruption) {
        this.console = console;
        commands.put("generate", () -> new GenerateCommand(console, interruption));
        commands.put("chat", () -> new ChatCommand(console, interruption));
        commands.put("score", () -> new ScoreCommand(console, interruption));
        commands.put("perplexity", () -> new PerplexityCommand(console, interruption));
        commands.put("tokenize", () -> new TokenizeCommand(console));
        commands.put("detokenize", () -> new DetokenizeCommand(console));
        commands.put("inspect", () -> new InspectCommand(console));
        commands.put("devices", () -> new DevicesCommand(console));
        commands.put("bench", () -> new BenchCommand(console));
        commands.put("pull", () -> new PullCommand(console, System.getenv()));
        commands.put("convert", () -> new ConvertCommand(console));
        commands.put("quantize", () -> new QuantizeCommand(console));
        commands.put(
                "kernels",
                () -> new CommandLine(new KernelsCommand())
                        .addSubcommand(new KernelsExportCommand(console))
                        .addSubcommand(new KernelsBuildCommand(console)));
        commands.put("completion", () -> new CompletionCommand(console, this));
        commands.put("help", () -> new HelpCommand());
    }

    /** {@return the exit status} */
    int run(String... arguments) {
        Failures failures =
                new Failures(console, "1".equals(System.getenv("SIROCCO_DEBUG")), () -> startOnSdk(arguments));
        try {
            int status = commandLine(arguments)
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(arguments);
            if (status == 0) {
                console.flush();
            }
            return status;
        } catch (Throwable e) {
            return failures.report(e);
        }
    }

    /** Runs the command in a process of its own on a TornadoVM SDK. {@return the exit status} */
    private int startOnSdk(String... arguments) {
        SdkInstallation sdk = SdkInstallation.ofUser();
        if (!sdk.isTried()) {
            console.note("sirocco: warning: TornadoVM " + sdk.version() + " in " + sdk.home() + " has not been tried; "
                    + SdkInstallation.TRIED + " has");
        }
        return new SdkLaunch(sdk).run(Main.class, List.of(arguments));
    }

    /**
     * {@return the command line that can parse these arguments}. To read the annotations of all commands takes longer
     * than to run a short one, so only the one that is named is added, where one is.
     */
    CommandLine commandLine(String... arguments) {
        CommandLine root = new CommandLine(new Sirocco());
        String first = arguments.length == 0 ? "" : arguments[0];
        List<String> wanted =
                commands.containsKey(first) && !first.equals("help") ? List.of(first) : List.copyOf(commands.keySet());
        wanted.forEach(name -> root.addSubcommand(name, commands.get(name).get()));
        return root.registerConverter(Integer.class, new Numbers.WholeNumber())
                .registerConverter(int.class, new Numbers.WholeNumber())
                .registerConverter(Long.class, new Numbers.LongNumber())
                .registerConverter(double.class, new Numbers.RealNumber())
                .setUsageHelpWidth(USAGE_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false)
                .setOut(new PrintWriter(console.out()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** The word {@code sirocco} without a command. */
    @Command(
            name = "sirocco",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Runs Mistral-family language models in Java, on whatever device is there.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Data goes to standard output, everything else to standard error.",
                "Exit status: 0 success, 1 failure, 2 bad usage, 130 stopped by Ctrl-C."
            })
    static final class Sirocco implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    /** Reads what the build wrote down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "sirocco " + BuildVersion.read(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
