package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A libcuda without a card: compiled from C once, told what to be through the environment. */
final class FakeCuda {
    private static Path library;

    private final Path log;

    /** @param settings see the C source */
    FakeCuda(Path folder, String settings) throws IOException {
        this.log = folder.resolve("calls");
        StandIn.setEnvironment("FAKE_CUDA_LOG", log.toString());
        become(settings);
    }

    /** Is something else from now on, and forgets what was called. */
    void become(String settings) throws IOException {
        StandIn.setEnvironment("FAKE_CUDA", settings);
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
            library = StandIn.compile("fakecuda");
        }
        return library;
    }
}
