package dev.sirocco.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.benchmarks.random.ModelShape;
import dev.sirocco.benchmarks.random.ModelType;
import dev.sirocco.benchmarks.random.RandomModel;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.runtime.Devices;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitOrderTest {
    private static final Path SMALL = Path.of("..", "model", "pretrained", "wordnet", "wordnet.Q8_0.gguf");
    private static final Texts TEXTS = new Texts(
            List.of("a b c d e f g h", "thwarting: an act of hindering someone's plans or efforts"),
            Devices.installed().find("cpu"));

    @TempDir
    private Path folder;

    private Path random(String shape) {
        Path file = folder.resolve(shape + ".gguf");
        new RandomModel(ModelShape.presets().get(shape), ModelType.of(WeightFormat.F32), 3, false).write(file, 2);
        return file;
    }

    private static List<float[]> logits(Path model) {
        List<float[]> logits = new ArrayList<>();
        TEXTS.scores(model, (_, row) -> logits.add(row.clone()));
        return logits;
    }

    /** The order of sums is all that differs; the logits' deviation is some 1 in random models, and 3 in the small one. */
    private static void assertSameFunction(Path one, Path other) {
        List<float[]> expected = logits(one);
        List<float[]> actual = logits(other);
        assertTrue(expected.size() > 10);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), 1e-4f);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTrainedModelStaysTheSameFunction(long seed) {
        Path full = folder.resolve("full.gguf");
        FullModel.quantize(SMALL, full, Mixture.F32);
        Path other = folder.resolve("other.gguf");
        UnitOrder.write(full, other, seed);
        assertSameFunction(full, other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "odd", "nemo"})
    void headsOfAnyWidthAndNumberStayTheSameFunction(String shape) {
        Path full = random(shape);
        Path other = folder.resolve("other.gguf");
        UnitOrder.write(full, other, 1);
        assertSameFunction(full, other);
    }

    @Test
    void everyMatrixHasOtherNeighboursAndTheSameWeights() throws IOException {
        Path full = random("tiny");
        Path other = folder.resolve("other.gguf");
        UnitOrder.write(full, other, 1);
        try (GgufFile before = GgufFile.open(full);
                GgufFile after = GgufFile.open(other)) {
            before.tensors().forEach(tensor -> {
                float[] expected = before.view(tensor).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
                float[] actual = after.view(after.tensor(tensor.name())).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
                assertFalse(Arrays.equals(expected, actual), tensor.name());
                Arrays.sort(expected);
                Arrays.sort(actual);
                assertArrayEquals(expected, actual, tensor.name());
            });
        }
        Path again = folder.resolve("again.gguf");
        UnitOrder.write(full, again, 1);
        assertEquals(-1, Files.mismatch(other, again));
        UnitOrder.write(full, again, 2);
        assertTrue(Files.mismatch(other, again) >= 0);
    }

    @Test
    void expertsAreRefusedByTheirTensorsName() {
        Path mixture = random("mixtral");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> UnitOrder.write(mixture, folder.resolve("other.gguf"), 1))
                .getMessage();
        assertTrue(message.contains("'blk.0.ffn_gate_inp.weight'"), message);
    }
}
