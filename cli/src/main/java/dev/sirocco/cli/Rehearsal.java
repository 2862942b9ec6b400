package dev.sirocco.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Several commands in one virtual machine, so that one archive has the classes of them all. What a command's failure
 * leaves unloaded is loaded from the jars later.
 */
public final class Rehearsal {
    private static final String NEXT = "--";

    private Rehearsal() {}

    /**
     * Runs commands one after the other.
     *
     * @param arguments those of each command, with {@value #NEXT} between
     */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        Application application = new Application(console, Interruption.bySignal(console::endLine));
        List<String> command = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(NEXT)) {
                run(application, command);
                command.clear();
            } else {
                command.add(argument);
            }
        }
        run(application, command);
    }

    private static void run(Application application, List<String> command) {
        application.run(command.toArray(String[]::new));
    }
}
