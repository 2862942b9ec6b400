package dev.sirocco.runtime.hosted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of a package or toolkit that tests use where it is installed. */
public record InstalledProgram(Path path) {
    /** {@return the first of some programs that is on the path} */
    static Optional<InstalledProgram> find(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(InstalledProgram::new);
    }

    /**
     * Runs it. {@return what it says}
     *
     * @throws AssertionError with the first line that it says, when it fails
     */
    String run(String... arguments) {
        String[] command =
                Stream.concat(Stream.of(path.toString()), Stream.of(arguments)).toArray(String[]::new);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        path + " fails: " + said.lines().findFirst().orElse(""));
            }
            return said;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
