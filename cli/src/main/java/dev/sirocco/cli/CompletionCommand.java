package dev.sirocco.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Prints a script that completes commands and options in bash and zsh.",
        footer = {"", "Example: source <(sirocco completion)"})
final class CompletionCommand implements Runnable {
    private final Console console;
    private final Application application;

    CompletionCommand(Console console, Application application) {
        this.console = console;
        this.application = application;
    }

    @Override
    public void run() {
        console.print(AutoComplete.bash("sirocco", application.commandLine()));
    }
}
