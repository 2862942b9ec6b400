package dev.sirocco.runtime.cuda;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A libcuda without a card: compiled from C once, told what to be through the environment. */
final class FakeCuda {
    private static final Path SOURCE = Path.of("src/test/c/fakecuda.c");
    private static Path library;

    private final Path log;

    /** @param settings see the C source */
    FakeCuda(Path folder, String settings) throws IOException {
        this.log = folder.resolve("calls");
        setEnvironment("FAKE_CUDA", settings);
        setEnvironment("FAKE_CUDA_LOG", log.toString());
        Files.deleteIfExists(log);
    }

    /** Is something else from now on, and forgets what was called. */
    void become(String settings) throws IOException {
        setEnvironment("FAKE_CUDA", settings);
        Files.deleteIfExists(log);
    }

    CudaLibrary open() {
        return CudaLibrary.open(List.of(library().toString()), "it is a test");
    }

    /** {@return what was called since the start or the last change, in order} */
    List<String> calls() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    long count(String function) throws IOException {
        return calls().stream().filter(function::equals).count();
    }

    private static synchronized Path library() {
        if (library == null) {
            try {
                Path file = Files.createTempDirectory("sirocco-fakecuda").resolve("libfakecuda.so");
                Process compiler = new ProcessBuilder(
                                "gcc", "-shared", "-fPIC", "-o", file.toString(), SOURCE.toString())
                        .inheritIO()
                        .start();
                if (compiler.waitFor() != 0) {
                    throw new AssertionError("gcc refuses " + SOURCE);
                }
                library = file;
            } catch (IOException missing) {
                abort("there is no gcc to make a libcuda without a card (Debian: apt-get install gcc)");
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        return library;
    }

    // int setenv(const char *name, const char *value, int overwrite)
    @SuppressWarnings("restricted")
    private static void setEnvironment(String name, String value) {
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
