package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a kernel through a file: exported, built elsewhere, loaded where nothing may be compiled. */
final class KernelsCommandTest {
    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void writeModel() {
        model = TinyModel.writeTo(folder.resolve("tiny.gguf")).toString();
    }

    private static String pocl() {
        var found = Devices.installed().list().stream()
                .filter(device ->
                        device.driver().equals("opencl") && device.platform().equals("Portable Computing Language"))
                .map(DeviceDescription::id)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "PoCL has no OpenCL device here; install pocl-opencl-icd");
        return found.orElseThrow();
    }

    /** {@return generated tokens and, when it failed, the message of a process in which nothing may be compiled} */
    private static String generateWithoutCompiler(String device, Path profile, Path cache) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Dsirocco.opencl.compile=false",
                "-Dsirocco.cache=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of("generate", "-m", model, "--tokens", "1,265", "-n", "4", "--json", "--seed", "1"));
        line.addAll(List.of("--device", device, "--profile", profile.toString()));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "still running");
        return process.exitValue() == 0
                ? new ObjectMapper().readTree(out.toFile()).get("tokens").toString()
                : Files.readString(err);
    }

    @Test
    void binariesAreLoadedWhereNothingMayBeCompiled() throws Exception {
        String device = pocl();
        Path out = folder.resolve("kernels");
        String exported = CommandRun.of("kernels", "export", "-m", model, "--device", device, "--out", out.toString())
                .output();
        assertTrue(exported.contains(" kernels and manifest.json in " + out), exported);
        Path profile = Files.writeString(folder.resolve("binaries.yaml"), "profile: binaries\nbinaries: kernels\n");

        String refused = generateWithoutCompiler(device, profile, folder.resolve("empty"));
        assertTrue(refused.contains("kernel "), refused);
        assertTrue(refused.contains("kernels has no binary for it, and compiling is forbidden"), refused);

        assertEquals(
                0,
                CommandRun.of("kernels", "build", "--device", device, out.toString())
                        .status());
        String expected = CommandRun.of(
                        "generate", "-m", model, "--tokens", "1,265", "-n", "4", "--json", "--device", device)
                .json()
                .get("tokens")
                .toString();
        assertEquals(expected, generateWithoutCompiler(device, profile, folder.resolve("empty")));
    }

    @Test
    void exportsForADeviceThatIsNotHere() throws IOException {
        Path out = folder.resolve("fpga");
        CommandRun.of("kernels", "export", "-m", model, "--device-profile", "fpga-intel", "--out", out.toString())
                .output();
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertEquals("opencl-c", manifest.get("format").asText());
        assertEquals("profile fpga-intel", manifest.get("device").asText());
        Set<String> digests = new HashSet<>();
        for (JsonNode kernel : manifest.get("kernels")) {
            String code = Files.readString(out.resolve(kernel.get("file").asText()));
            assertTrue(code.contains("__kernel"), code);
            assertTrue(code.contains("void " + kernel.get("symbol").asText() + "("), code);
            assertFalse(code.contains("double"), "nothing is known of the device, so nothing is asked of it");
            for (JsonNode argument : kernel.get("arguments")) {
                assertTrue(argument.get("type").asText().matches("[if](8|16|32|64)"), argument.toString());
            }
            assertTrue(digests.add(kernel.get("digest").asText()), "each kernel once");
        }
        assertTrue(digests.size() > 5, manifest.toString());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(digests.size() + 1, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spirv, fpga-intel, '', .spv, ''",
        "ptx, cuda, sm_90, .ptx, -arch=sm_90",
        "llvm, '', '', .ll, -O3 -mcpu=",
    })
    void exportsInAnyFormat(String format, String profile, String sm, String extension, String options)
            throws IOException {
        Path out = folder.resolve(format);
        List<String> line =
                new ArrayList<>(List.of("kernels", "export", "-m", model, "--format", format, "--out", out.toString()));
        if (!profile.isEmpty()) {
            line.addAll(List.of("--device-profile", profile));
        }
        if (!sm.isEmpty()) {
            line.addAll(List.of("--sm", sm));
        }
        CommandRun.of(line.toArray(String[]::new)).output();
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertEquals(format, manifest.get("format").asText());
        assertTrue(manifest.get("kernels").size() > 5, manifest.toString());
        for (JsonNode kernel : manifest.get("kernels")) {
            String file = kernel.get("file").asText();
            assertTrue(file.endsWith(extension), file);
            assertTrue(kernel.get("options").asText().startsWith(options), kernel.toString());
            String code = Files.readString(out.resolve(file), StandardCharsets.ISO_8859_1);
            String symbol = kernel.get("symbol").asText();
            assertTrue(
                    switch (format) {
                        case "spirv" -> code.startsWith("\u0003\u0002\u0023\u0007") && code.contains(symbol);
                        case "ptx" ->
                            code.contains(".visible .entry " + symbol + "(") && code.contains(".target " + sm);
                        default -> code.contains("define ") && code.contains("@" + symbol);
                    },
                    code);
        }
    }

    @Test
    void kernelsForTensorCoresAreForCardsThatHaveThem() throws IOException {
        String halves = folder.resolve("tiny.F16.gguf").toString();
        CommandRun.of("quantize", "--json", model, halves, "F16").json();
        Path out = folder.resolve("tensor");
        List<String> export = List.of(
                "kernels", "export", "-m", halves, "--device-profile", "nvidia-ampere", "--out", out.toString());
        run(export, "--format", "opencl-c")
                .assertFails(1, "profile default + cuda + nvidia-ampere: tensor_cores are NVIDIA's");
        run(export, "--format", "ptx").assertFails(1, "--format ptx: kernel TensorTiles_tensorTiles: ");
        run(export, "--format", "ptx", "--sm", "sm_80").output();
        try (Stream<Path> files = Files.list(out)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("TensorTiles_")));
        }
    }

    private static CommandRun run(List<String> line, String... more) {
        return CommandRun.of(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void refusesToGiveADeviceCodeThatItDoesNotTake() {
        String device = pocl();
        CommandRun.of("generate", "-m", model, "--tokens", "1", "-n", "1", "--device", device, "--code", "spirv")
                .assertFails(1, "--code spirv: The device " + device + " (");
        CommandRun.of("generate", "-m", model, "--tokens", "1", "-n", "1", "--device", "cpu", "--code", "spirv")
                .assertFails(1, "--code spirv: The device cpu is not given OpenCL C or SPIR-V; leave out --code");
        CommandRun.of("generate", "-m", model, "--tokens", "1", "-n", "1", "--code", "ptx")
                .assertFails(2, "--code: must be opencl-c or spirv, not 'ptx'");
    }

    @Test
    void refusesWhatItCannotExportOrBuild() throws IOException {
        String out = folder.resolve("none").toString();
        CommandRun.of("kernels").assertFails(2, "kernels: export or build is missing");
        CommandRun.of("kernels", "export", "-m", model, "--device", "cpu", "--out", out)
                .assertFails(1, "The device cpu takes no opencl-c; name one of the driver opencl");
        CommandRun.of("kernels", "export", "-m", model, "--device", "cpu", "--format", "ptx", "--out", out)
                .assertFails(1, "The device cpu takes no PTX; name one of the driver cuda, or a device profile");
        CommandRun.of(
                        "kernels",
                        "export",
                        "-m",
                        model,
                        "--device-profile",
                        "cuda",
                        "--format",
                        "ptx",
                        "--sm",
                        "sm_11",
                        "--out",
                        out)
                .assertFails(2, "--sm: there is no generation 'sm_11'; there are sm_60, ");
        CommandRun.of("kernels", "export", "-m", model, "--format", "llvm", "--sm", "sm_80", "--out", out)
                .assertFails(2, "--sm: is for --format ptx with --device-profile");
        CommandRun.of("kernels", "export", "-m", model, "--code", "spirv", "--out", out)
                .assertFails(2, "--code: kernels export has --format in its place");
        CommandRun.of("kernels", "export", "-m", model, "--device-profile", "cuda", "--format", "llvm", "--out", out)
                .assertFails(1, "LLVM IR is made for the processor of this machine; leave out --device-profile");
        CommandRun.of("kernels", "export", "-m", model, "--device-profile", "nothing", "--out", out)
                .assertFails(1, "there is no device profile 'nothing'; there are default, ");
        CommandRun.of("kernels", "export", "-m", model, "--format", "wasm", "--out", out)
                .assertFails(2, "--format: there is no format 'wasm'; there are opencl-c, spirv, ptx, llvm");
        CommandRun.of("kernels", "export", "-m", model, "--device-profile", "fpga-intel", "--out", model)
                .assertFails(1, "--out " + model + ": is not a folder");
        CommandRun.of("kernels", "build", out).assertFails(1, out + "/manifest.json: cannot be read");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("manifest.json"), """
                {"format": "opencl-c", "device": "x", "kernels": [{"kernel": "A.a", "symbol": "a", "file": "../tiny.gguf",
                 "binary": "a.bin", "options": "", "digest": "00", "arguments": [], "work_group_size": []}]}
                """);
        CommandRun.of("kernels", "build", outside.toString())
                .assertFails(1, outside + "/manifest.json: names the file ../tiny.gguf");
    }

    @Test
    void aTornadoVmSdkHasNoKernelsToExportOrBuild() {
        String out = folder.resolve("never").toString();
        CommandRun.of("kernels", "export", "-m", model, "--out", out, "--runtime", "tornadovm")
                .assertFails(1, "--runtime tornadovm: kernels are exported by the embedded runtime only");
        CommandRun.of("kernels", "export", "-m", model, "--out", out, "--device", "tornadovm:0:0")
                .assertFails(1, "--device tornadovm:0:0: kernels are exported by the embedded runtime only");
        CommandRun.of("kernels", "build", out, "--device", "tornadovm")
                .assertFails(1, "--device tornadovm: kernels are built by the embedded runtime only");
        assertFalse(Files.exists(Path.of(out)));
    }
}
