package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Libraries for tests, compiled from C. Those in place of drivers' are told what to be through the environment. */
public final class StandIn {
    private StandIn() {}

    /** {@return the library that gcc makes of a source of src/test/c} Skips the test, with the reason, without gcc. */
    public static Path compile(String name, String... options) {
        try {
            return build(name, options);
        } catch (IOException missing) {
            return abort(missing.getMessage());
        }
    }

    /**
     * {@return the library that gcc makes of a source of src/test/c}
     *
     * @param options for gcc, after the source
     * @throws IOException with the reason and what to do, where there is no gcc
     */
    public static Path build(String name, String... options) throws IOException {
        Path folder = Files.createTempDirectory("sirocco-" + name);
        Path source = folder.resolve(name + ".c");
        try (InputStream text = StandIn.class.getResourceAsStream(name + ".c")) {
            Files.copy(text, source);
        }
        Path library = folder.resolve("lib" + name + ".so");
        List<String> command = new ArrayList<>(
                List.of("gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library.toString(), source.toString()));
        command.addAll(List.of(options));
        try {
            Process compiler = start(command);
            if (compiler.waitFor() != 0) {
                throw new AssertionError("gcc refuses " + source);
            }
            return library;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException missing) {
            throw new IOException(
                    "there is no gcc to compile the C of tests with (Debian: apt-get install gcc)", missing);
        }
    }

    // int setenv(const char *name, const char *value, int overwrite)
    /** Sets a variable of this process's environment, as a library in it sees it. */
    @SuppressWarnings("restricted")
    public static void setEnvironment(String name, String value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) {
                throw new AssertionError("setenv");
            }
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }
}
