package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in a process of their own, with libraries of drivers that tests make. */
final class CommandProcess {
    private static final Path STAND_INS = Path.of("../tornado-runtime/src/test/c");

    private static final Path RUNTIME_TESTS = Path.of("../tornado-runtime/target/test-classes");

    private CommandProcess() {}

    /** {@return a process that runs a command in a Java virtual machine with some options} */
    static ProcessBuilder of(List<String> options, String... arguments) {
        return in(System.getProperty("java.class.path"), options, arguments);
    }

    /** {@return the same, where the stand-in for libcuda launches kernels on the virtual card of the runtime's tests} */
    static ProcessBuilder onVirtualCard(List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.add("-Dsirocco.test.virtual=true");
        return in(System.getProperty("java.class.path") + File.pathSeparator + RUNTIME_TESTS, all, arguments);
    }

    private static ProcessBuilder in(String classPath, List<String> options, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        line.addAll(options);
        line.addAll(List.of("-cp", classPath, Main.class.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line);
    }

    /** {@return a library in a folder, made of a stand-in's source} Skips the test, with the reason, without gcc. */
    static Path standIn(Path folder, String name, String... options) throws InterruptedException {
        Path source = STAND_INS.resolve(name + ".c");
        Path library = folder.resolve("lib" + name + ".so");
        List<String> command =
                new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString()));
        command.addAll(List.of(options));
        try {
            Process compiler = new ProcessBuilder(command).inheritIO().start();
            assertEquals(0, compiler.waitFor(), "gcc refuses " + source);
            return library;
        } catch (IOException missing) {
            return abort("there is no gcc to compile the C of tests with (Debian: apt-get install gcc)");
        }
    }
}
