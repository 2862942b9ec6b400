package dev.sirocco.cli;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments the command's name, its options and its arguments
     */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        Interruption interruption = Interruption.bySignal(console::endLine);
        int status = new Application(console, interruption).run(arguments);
        if (status != 0) {
            System.exit(status);
        }
        // Otherwise the process ends by itself, without the logging that an exit starts: no thread but this keeps it.
    }
}
