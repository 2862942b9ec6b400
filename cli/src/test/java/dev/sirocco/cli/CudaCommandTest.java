package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a card that is not there: what a stand-in for libcuda is asked for, and what a virtual card computes. */
final class CudaCommandTest {
    @TempDir
    private static Path folder;

    private static Path library;

    @BeforeAll
    static void compileTheStandIn() throws InterruptedException {
        library = CommandProcess.standIn(folder, "fakecuda");
    }

    /** {@return standard output of a command in a process that has a Hopper card} */
    private static Path run(Path calls, String... arguments) throws Exception {
        return run(List.of(), calls, arguments);
    }

    private static Path run(List<String> options, Path calls, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Dsirocco.cuda=" + library));
        all.addAll(options);
        ProcessBuilder builder = CommandProcess.of(all, arguments);
        builder.environment().put("FAKE_CUDA", "sm=90,version=13000,phantom=1");
        builder.environment().put("FAKE_CUDA_LOG", calls.toString());
        return run(builder);
    }

    private static Path run(ProcessBuilder builder) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "still running");
        assertEquals(0, process.exitValue(), () -> {
            try {
                return Files.readString(err);
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        });
        return out;
    }

    @Test
    void devicesListsACardWithTheProfileOfItsGeneration() throws Exception {
        JsonNode devices = new ObjectMapper()
                .readTree(run(folder.resolve("devices"), "devices", "--json").toFile());
        for (JsonNode device : devices.get("devices")) {
            if (device.get("id").asText().equals("cuda:0")) {
                assertEquals("Fake Card", device.get("name").asText());
                assertEquals("gpu", device.get("kind").asText());
                assertTrue(device.get("profile").toString().contains("nvidia-hopper"), device.toString());
                return;
            }
        }
        throw new AssertionError("no cuda:0 in " + devices);
    }

    @Test
    void aTokenIsOneLaunchOfARecording() throws Exception {
        Path model = TinyModel.writeTo(folder.resolve("tiny.gguf"));
        Path calls = folder.resolve("calls");
        String[] arguments = {
            "generate", "-m", model.toString(), "--device", "cuda:0", "--tokens", "1,265", "-n", "12", "--json"
        };
        JsonNode result = new ObjectMapper().readTree(run(calls, arguments).toFile());
        assertEquals(12, result.get("tokens").size(), "zeroes are as good a token as any");
        List<String> last = Files.readAllLines(calls);
        int launches = 0;
        for (int i = last.size() - 1; i >= 0 && !last.get(i).equals("cuLaunchKernel"); i--) {
            launches += last.get(i).equals("cuGraphLaunch") ? 1 : 0;
        }
        // Two tokens are launched kernel by kernel, one is recorded at most: the rest is one call each.
        assertTrue(launches >= 8, String.join(" ", last.subList(Math.max(0, last.size() - 80), last.size())));
    }

    @Test
    void aSecondProcessLiftsNothingAndCompilesNothing() throws Exception {
        Path model = TinyModel.writeTo(folder.resolve("kept.gguf"));
        for (boolean first : new boolean[] {true, false}) {
            Path calls = folder.resolve(first ? "cold" : "kept");
            Path classes = folder.resolve(first ? "cold.log" : "kept.log");
            List<String> options =
                    List.of("-Dsirocco.cache=" + folder.resolve("cache"), "-Xlog:class+load:file=" + classes);
            run(
                    options,
                    calls,
                    "generate",
                    "-m",
                    model.toString(),
                    "--device",
                    "cuda:0",
                    "--tokens",
                    "1,265",
                    "-n",
                    "2");
            List<String> loaded = Files.readAllLines(classes);
            for (String work : List.of("bytecode.Lifter ", "codegen.LlvmEmitter ", "llvm.MachineModule ")) {
                assertEquals(
                        first, loaded.stream().anyMatch(line -> line.contains("dev.sirocco.runtime." + work)), work);
            }
            assertEquals(first, Files.readAllLines(calls).contains("cuLinkCreate_v2"));
        }
    }

    /** From the file to the text: profile, kernels, PTX, driver and recordings, for two generations of cards. */
    @ParameterizedTest
    @ValueSource(ints = {70, 90})
    void aVirtualCardGivesTheProcessorsTokens(int generation) throws Exception {
        Path model = TinyModel.writeTo(folder.resolve("virtual.gguf"));
        List<JsonNode> tokens = new ArrayList<>();
        for (String device : List.of("cpu", "cuda:0")) {
            ProcessBuilder builder = CommandProcess.onVirtualCard(
                    List.of("-Dsirocco.cuda=" + library),
                    "generate",
                    "-m",
                    model.toString(),
                    "--device",
                    device,
                    "--tokens",
                    "1,265,4,261,262",
                    "-n",
                    "12",
                    "--json");
            builder.environment().put("FAKE_CUDA", "version=13000,sm=" + generation);
            tokens.add(new ObjectMapper().readTree(run(builder).toFile()).get("tokens"));
        }
        assertEquals(tokens.get(0), tokens.get(1));
    }

    @Test
    void withoutADriverACommandSaysSoInOneLine() throws Exception {
        Path model = TinyModel.writeTo(folder.resolve("absent.gguf"));
        String reason = "NVIDIA's driver cannot be loaded: there is no " + folder.resolve("none.so");
        refused(
                "--device cuda:0: There is no device 'cuda:0': " + reason,
                "generate",
                "-m",
                model.toString(),
                "--device",
                "cuda:0");
        refused(
                "--device cuda:0: There is no device 'cuda:0': " + reason,
                "bench",
                "-m",
                model.toString(),
                "--device",
                "cuda:0");
        String out = folder.resolve("out").toString();
        String[] export = {"kernels", "export", "-m", model.toString(), "--format", "ptx", "--out", out};
        String line = refused("--format ptx: There is no device 'cuda': " + reason, export);
        assertTrue(line.endsWith("; or name the profile of a device that is not here (--device-profile)"), line);
    }

    /** {@return the line that a command fails with} */
    private static String refused(String beginning, String... arguments) throws Exception {
        Process process = CommandProcess.of(List.of("-Dsirocco.cuda=" + folder.resolve("none.so")), arguments)
                .redirectError(folder.resolve("refused.txt").toFile())
                .start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "still running");
        List<String> lines = Files.readAllLines(folder.resolve("refused.txt"));
        assertEquals(1, lines.size(), () -> String.join("\n", lines));
        assertTrue(lines.getFirst().startsWith("sirocco: " + beginning), lines::getFirst);
        assertEquals(1, process.exitValue());
        return lines.getFirst();
    }
}
