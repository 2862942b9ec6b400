package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees when PoCL's device is lost or full, which a library before it pretends. */
final class DeviceLossCommandTest {
    @TempDir
    private static Path folder;

    private static Path library;
    private static String device;

    @BeforeAll
    static void compileTheStandIn() throws InterruptedException {
        device = Devices.installed().list().stream()
                .filter(found ->
                        found.driver().equals("opencl") && found.platform().equals("Portable Computing Language"))
                .map(found -> found.id())
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(device != null, "PoCL has no OpenCL device here; install pocl-opencl-icd");
        library = CommandProcess.standIn(folder, "failingopencl", "-Wl,--no-as-needed", "-l:libOpenCL.so.1");
    }

    @ParameterizedTest
    @CsvSource({
        // what fails, the status's name, what to do
        "clEnqueueNDRangeKernel:100:-2:lost, CL_DEVICE_NOT_AVAILABLE, 'the device was lost: see the system''s log'",
        "clFinish:3:-36:lost, CL_INVALID_COMMAND_QUEUE, start again",
        "clCreateBuffer:5:-4, 'has no room for', use a smaller --ctx or model",
    })
    void generateEndsWithALineThatNamesTheDeviceAndTheRemedy(String failure, String status, String remedy)
            throws Exception {
        Path model = TinyModel.writeTo(folder.resolve("tiny.gguf"));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = CommandProcess.of(
                        List.of("-Dsirocco.opencl=" + library, "-Dsirocco.opencl.copy=true"),
                        "generate",
                        "-m",
                        model.toString(),
                        "--device",
                        device,
                        "--tokens",
                        "1,265",
                        "-n",
                        "20",
                        "--json")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FAILING_OPENCL", failure);
        Process process = builder.start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "still running");
        String said = Files.readString(err);
        assertEquals(1, process.exitValue(), said);
        assertEquals("", Files.readString(out));
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("sirocco: "), said);
        for (String part : List.of(device, status, remedy)) {
            assertTrue(said.contains(part), said);
        }
    }
}
