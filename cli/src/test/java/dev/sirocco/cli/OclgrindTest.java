package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole model under Oclgrind, which runs kernels instruction by instruction and watches each access to memory. */
final class OclgrindTest {
    /** Oclgrind has OpenCL's functions itself, so that it takes the loader's place. */
    private static final Path LIBRARY = Path.of("/usr/lib/oclgrind/liboclgrind-rt.so");

    /** Its checks do not know what LLVM's optimiser makes, such as freeze. Chunks of two run all of a prompt's kernels. */
    private static final String PROFILE =
            "profile: oclgrind\nkernel_shape: row\nprefill_chunk: 2\nbuild_options: -cl-opt-disable\n";

    private static final long MINUTES = 5;

    @TempDir
    private Path folder;

    @BeforeEach
    void oclgrindIsInstalled() {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "there is no " + LIBRARY + "; install oclgrind");
    }

    @Test
    void seesNoRaceNoUninitialisedValueAndNothingOutOfBounds() throws Exception {
        isClean(
                TinyModel.writeTo(folder.resolve("tiny.gguf")),
                Map.of("OCLGRIND_DATA_RACES", "1", "OCLGRIND_UNINITIALIZED", "1"));
    }

    /** It crashes when it looks for values that were never set in the vectors of bytes that these kernels have. */
    @Test
    void seesNoRaceAndNothingOutOfBoundsInIntegerProducts() throws Exception {
        Path model = folder.resolve("tiny.Q8_0.gguf");
        Path floats = TinyModel.writeTo(folder.resolve("tiny.gguf"));
        CommandRun.of("quantize", "--json", floats.toString(), model.toString(), "Q8_0")
                .json();
        isClean(model, Map.of("OCLGRIND_DATA_RACES", "1"));
    }

    /** Generates under Oclgrind, which must have nothing to say, what the host's processor generates. */
    private void isClean(Path model, Map<String, String> checks) throws IOException, InterruptedException {
        Path profile = Files.writeString(folder.resolve("oclgrind.yaml"), PROFILE);
        Path complaints = folder.resolve("complaints");
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err");
        List<String> generate = List.of(
                "generate", "-m", model.toString(), "--tokens", "1,265,260", "-n", "2", "--json", "--seed", "1");
        List<String> there = new ArrayList<>(generate);
        there.addAll(List.of("--device", "opencl:0", "--profile", profile.toString()));
        ProcessBuilder builder = CommandProcess.of(
                List.of(
                        "-XX:ActiveProcessorCount=1", // it crashes when it builds two programs at a time
                        "-Dsirocco.opencl=" + LIBRARY),
                there.toArray(String[]::new));
        builder.environment().putAll(checks);
        builder.environment().put("OCLGRIND_CHECK_API", "1");
        builder.environment().put("OCLGRIND_LOG", complaints.toString());
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(Redirect.to(err.toFile()))
                .start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "still running");
        } finally {
            process.destroyForcibly();
        }
        assertEquals("", Files.readString(complaints));
        assertEquals(0, process.exitValue(), () -> read(err));
        JsonNode expected = CommandRun.of(generate.toArray(String[]::new)).json();
        assertEquals(
                expected.get("tokens"),
                new ObjectMapper().readTree(out.toFile()).get("tokens"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
