package dev.sirocco.cli;

import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints a script that completes commands and options in bash and zsh.",
        footer = {"", "Example: source <(sirocco completion)"})
final class CompletionCommand implements Runnable {
    private final Console console;
    private final Function<String[], CommandLine> commandLine;

    /** @param commandLine gives, for no arguments, the command line with all its commands */
    CompletionCommand(Console console, Function<String[], CommandLine> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public void run() {
        console.print(AutoComplete.bash("sirocco", commandLine.apply(new String[0])));
    }
}
