package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command on the TornadoVM SDK that the profile tornadovm-sdk names, beside the embedded runtime: the model that
 * comes with the project, in its own type and in others. Takes minutes: an SDK compiles each task by itself.
 */
@Tag("sdk")
final class SdkRunTest {
    private static final String DEVICE = "tornadovm:0:0";
    private static final String SHIPPED = "model/pretrained/wordnet/wordnet.Q8_0.gguf";
    private static final int NEW_TOKENS = 16;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeModels() throws IOException {
        Path shipped = Path.of(System.getProperty("sirocco.home"), SHIPPED);
        Files.createSymbolicLink(folder.resolve("Q8_0.gguf"), shipped);
        DequantizedModel.write(shipped, folder.resolve("F32.gguf"));
        quantize("F16", "--pure");
        quantize("Q4_0", "--pure");
        quantize("Q4_K_M");
    }

    private static void quantize(String type, String... options) {
        String[] quantize = {"quantize", file("F32"), file(type), type};
        CommandRun made = CommandRun.of(with(quantize, options));
        assertEquals(0, made.status(), made.err());
    }

    private static String file(String type) {
        return folder.resolve(type + ".gguf").toString();
    }

    /** {@return what a command printed that ran in a process of its own, which may start another on the SDK} */
    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("TORNADOVM_HOME", System.getProperty("sirocco.test.sdk"));
        Process process = builder.start();
        assertTrue(process.waitFor(15, TimeUnit.MINUTES), "still running");
        assertEquals(0, process.exitValue(), Files.readString(err));
        return Files.readString(out);
    }

    @Test
    void itsDevicesAreListed() throws Exception {
        JsonNode devices = new ObjectMapper().readTree(run("devices", "--json")).get("devices");
        boolean found = false;
        for (JsonNode device : devices) {
            found |= device.get("id").asText().equals(DEVICE);
        }
        assertTrue(found, devices.toString());
        assertTrue(run("devices", "--runtime", "tornadovm").startsWith(DEVICE));
    }

    /**
     * Tolerances are relative to the length of a row of logits. F32 and F16: sums of 768 products in another order, in
     * five layers. The others round activations to int8, and a few of those lie so near the middle between two integers
     * that another order of a sum rounds them the other way: an error of up to 0.6 % in each of four products a layer
     * and the logits, independent, and doubled by what is not linear: 2 · 0.006 · √21.
     */
    @ParameterizedTest
    @CsvSource({"F32, 1e-5", "F16, 1e-5", "Q8_0, 0.055", "Q4_0, 0.055", "Q4_K_M, 0.055"})
    void greedyTokensAreThoseOfTheEmbeddedRuntimeAndLogitsNearlySo(String type, double tolerance) throws Exception {
        String prompt = CommandRun.of("tokenize", "-m", file(type), "mistral:")
                .output()
                .strip()
                .replaceAll("\\s+", ",");
        String[] generate = {
            "generate", "-m", file(type), "--tokens", prompt, "-n", "" + NEW_TOKENS, "--ctx", "64", "--json", "--device"
        };
        String expected = tokens(CommandRun.of(with(generate, "cpu")).output());
        assertEquals(expected, tokens(run(with(generate, DEVICE))));

        String all = prompt + "," + expected;
        String[] score = {"score", "-m", file(type), "--tokens", all, "--ctx", "64", "--logits-out"};
        Path here = folder.resolve(type + ".reference.npy");
        Path there = folder.resolve(type + ".sdk.npy");
        assertEquals(
                0,
                CommandRun.of(with(score, here.toString(), "--device", "reference"))
                        .status());
        run(with(score, there.toString(), "--device", DEVICE));
        float[] reference = floats(here);
        float[] sdk = floats(there);
        assertEquals(reference.length, sdk.length);
        int vocab = reference.length / all.split(",").length;
        for (int from = 0; from < reference.length; from += vocab) {
            double error = distance(reference, sdk, from, vocab);
            assertTrue(error <= tolerance, type + ", row " + from / vocab + ": relative error " + error);
        }
    }

    @Test
    void whatCannotRunThereIsRefusedInOneLine() throws Exception {
        CommandRun.of("generate", "-m", file("F32"), "-p", "a", "--runtime", "tornadovm", "--device", "cpu")
                .assertFails(1, "--device cpu: is none of a TornadoVM SDK");
        String devices = run(
                "bench", "-m", file("Q8_0"), "-p", "0", "-n", "4", "-r", "1", "-o", "csv", "--device", "cpu," + DEVICE);
        assertEquals(3, devices.lines().count(), devices);
        assertFalse(devices.contains("TornadoVM-OCL"), devices);
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private static String tokens(String json) throws IOException {
        List<String> ids = new ArrayList<>();
        new ObjectMapper().readTree(json).get("tokens").forEach(id -> ids.add(id.asText()));
        return ids.stream().collect(Collectors.joining(","));
    }

    /** {@return the float32 values of a .npy file, whose header's length is in bytes 8 and 9} */
    private static float[] floats(Path npy) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static double distance(float[] expected, float[] actual, int from, int count) {
        double difference = 0;
        double length = 0;
        for (int i = from; i < from + count; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
