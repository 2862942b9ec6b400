package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Libraries of drivers for tests: compiled from C, and told what to be through the environment. */
public final class StandIn {
    private static final Path SOURCES = Path.of("src/test/c");

    private StandIn() {}

    /** {@return the library that gcc makes of a source of src/test/c} Skips the test, with the reason, without gcc. */
    public static Path compile(String name, String... options) {
        Path source = SOURCES.resolve(name + ".c");
        try {
            Path library = Files.createTempDirectory("sirocco-" + name).resolve("lib" + name + ".so");
            List<String> command = new ArrayList<>(List.of(
                    "gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library.toString(), source.toString()));
            command.addAll(List.of(options));
            Process compiler = new ProcessBuilder(command).inheritIO().start();
            if (compiler.waitFor() != 0) {
                throw new AssertionError("gcc refuses " + source);
            }
            return library;
        } catch (IOException missing) {
            return abort("there is no gcc to make a stand-in for a driver's library (Debian: apt-get install gcc)");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
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
