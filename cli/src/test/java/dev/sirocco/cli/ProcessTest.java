package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: signals, pipes and locales. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "signals and /proc are Linux's; run the tests there")
final class ProcessTest {
    private static final int SIGINT_BIT = 1 << 1;

    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    private static ProcessBuilder process(String... arguments) {
        ProcessBuilder builder = CommandProcess.of(List.of(), arguments);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.equals("SIROCCO_DEBUG"));
        return builder.redirectInput(Redirect.from(folder.resolve("tiny.gguf").toFile()));
    }

    private static int await(Process process) throws InterruptedException {
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "still running");
        return process.exitValue();
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void outputIsUtf8InEveryLocale() throws Exception {
        Process process =
                process("detokenize", "-m", model, "266", "233", "154", "168").start();
        assertEquals("é日\n", text(process.getInputStream()));
        assertEquals("", text(process.getErrorStream()));
        assertEquals(0, await(process));
    }

    @Test
    void aSignalEndsGenerationWithWhatThereIs() throws Exception {
        Path err = folder.resolve("signal.err");
        Process process = process(
                        "generate",
                        "-m",
                        model,
                        "--device",
                        "reference",
                        "-p",
                        "a",
                        "-n",
                        "-1",
                        "--temp",
                        "3",
                        "--seed",
                        "11",
                        "-v")
                .redirectError(err.toFile())
                .start();
        InputStream out = process.getInputStream();
        int first = out.read();
        // A shell that runs this in the background may have had SIGINT ignored, which children inherit.
        boolean ignored = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
        new ProcessBuilder("kill", ignored ? "-TERM" : "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        String rest = text(out);
        int status = await(process);
        String notes = Files.readString(err);
        assertTrue(first >= 0 && rest.endsWith("\n"), rest);
        assertEquals(1, notes.lines().count(), notes);
        assertTrue(notes.contains("interrupted") || notes.contains("the context is full"), notes);
        assertEquals(ignored ? 143 : 130, status, notes);
    }

    @Test
    void aClosedPipeEndsTheCommandQuietly() throws Exception {
        Process process = process("inspect", "-m", model, "--json").start();
        process.getInputStream().close();
        assertEquals("", text(process.getErrorStream()));
        assertEquals(0, await(process));
    }

    @Test
    void aFailureIsALineAndAStatus() throws Exception {
        Process process =
                process("generate", "-m", folder + "/none.gguf", "-p", "a").start();
        assertEquals("", text(process.getInputStream()));
        assertEquals(
                "sirocco: " + folder + "/none.gguf: does not exist; name a GGUF file with -m\n",
                text(process.getErrorStream()));
        assertEquals(1, await(process));
    }

    @Test
    void kernelsArePrintedOnStandardError() throws Exception {
        Process process = process("generate", "-m", model, "--device", "cpu", "-p", "a", "-n", "1", "--print-kernel")
                .redirectOutput(Redirect.DISCARD)
                .start();
        String kernels = text(process.getErrorStream());
        assertEquals(0, await(process), kernels);
        assertTrue(kernels.contains("RmsNorm"), kernels);
        assertTrue(kernels.contains("define "), kernels);
    }

    @Test
    void stackTracesAreForThoseWhoAsk() throws Exception {
        ProcessBuilder builder = process("inspect", "-m", "/none.gguf");
        builder.environment().put("SIROCCO_DEBUG", "1");
        Process process = builder.start();
        assertTrue(text(process.getErrorStream()).contains("\tat dev.sirocco.cli."));
        assertEquals(1, await(process));
    }
}
