package dev.sirocco.model.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.PublishedFolder;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.convert.Conversion.Recipe;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.testing.BlockReference;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConversionTest {
    @TempDir
    private Path folder;

    private Path convert(Path source, String name, Recipe recipe) {
        Path target = folder.resolve(name);
        try (ModelSource model = ModelSource.open(source)) {
            Conversion conversion = new Conversion(model, recipe);
            AtomicLong written = new AtomicLong();
            conversion.write(target, 3, written::addAndGet);
            assertEquals(conversion.dataBytes(), written.get());
        }
        return target;
    }

    private static Recipe recipe(Mixture mixture) {
        return Recipe.of(Optional.of(mixture));
    }

    /** A model that was published and converted is the file that it was published from, to the bit. */
    @Test
    void aConvertedFolderHasTheTensorsAndKeysOfTheFile() {
        Path gguf = new RandomGguf(Shape.ODD, GgmlType.F32, 4).write(folder.resolve("m.gguf"));
        Path huggingFace = PublishedFolder.likeHuggingFace(gguf, folder.resolve("hf"));
        Path mistral = PublishedFolder.likeMistral(gguf, folder.resolve("mistral"));
        for (Path published : List.of(huggingFace, mistral)) {
            Path converted = convert(published, "converted.gguf", Recipe.KEEP);
            try (ModelSource expected = ModelSource.open(gguf);
                    ModelSource actual = ModelSource.open(converted)) {
                assertEquals(expected.tensors().size(), actual.tensors().size());
                for (GgufTensor tensor : expected.tensors()) {
                    GgufTensor found = actual.tensor(tensor.name());
                    assertEquals(tensor.dims(), found.dims());
                    assertEquals(tensor.type(), found.type());
                    assertEquals(-1, expected.view(tensor).mismatch(actual.view(found)), tensor.name());
                }
                for (String key : expected.metadata().keys()) {
                    if (!key.equals("general.name")) {
                        assertEquals(
                                expected.metadata().get(key),
                                actual.metadata().find(key).orElse(null),
                                key);
                    }
                }
                assertEquals(0, actual.metadata().getInt("general.file_type"));
            }
        }
    }

    @Test
    void sixteenBitsAreKeptExactly() {
        Path gguf = new RandomGguf(Shape.BLOCKS, GgmlType.F16, 4).write(folder.resolve("m.gguf"));
        Path again = convert(convert(gguf, "f32.gguf", recipe(Mixture.F32)), "f16.gguf", recipe(Mixture.F16));
        try (ModelSource expected = ModelSource.open(gguf);
                ModelSource actual = ModelSource.open(again)) {
            for (GgufTensor tensor : expected.tensors()) {
                assertEquals(-1, expected.view(tensor).mismatch(actual.view(actual.tensor(tensor.name()))));
            }
            assertEquals(1, actual.metadata().getInt("general.file_type"));
        }
    }

    @Test
    void matricesAreQuantizedAndNormsAreNot() {
        Path gguf = new RandomGguf(Shape.BLOCKS, GgmlType.F32, 4).write(folder.resolve("m.gguf"));
        Path small = convert(
                gguf, "q4.gguf", new Recipe(Optional.of(Mixture.Q4_0), false, Optional.of(GgmlType.Q5_1), false));
        try (ModelSource model = ModelSource.open(small)) {
            assertEquals(GgmlType.Q4_0, model.tensor("blk.0.attn_q.weight").type());
            assertEquals(GgmlType.F32, model.tensor("blk.0.attn_norm.weight").type());
            assertEquals(GgmlType.Q5_1, model.tensor("output.weight").type());
            assertEquals(2, model.metadata().getInt("general.quantization_version"));
        }
        String message = assertThrows(ModelFileException.class, () -> convert(small, "x.gguf", recipe(Mixture.Q8_0)))
                .getMessage();
        assertTrue(message.startsWith(small + ": tensor 'token_embd.weight' is of type Q4_0 already"), message);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mixture.class,
            names = {"F32", "F16", "BF16"},
            mode = EnumSource.Mode.EXCLUDE)
    void blocksAreReadAgainAsTheirFormatSays(Mixture mixture) {
        Path gguf = new RandomGguf(Shape.BLOCKS, GgmlType.F32, 4).write(folder.resolve("m.gguf"));
        Path small = convert(gguf, "small.gguf", recipe(mixture));
        Path wide = convert(small, "wide.gguf", new Recipe(Optional.of(Mixture.F32), false, Optional.empty(), true));
        try (ModelSource blocks = ModelSource.open(small);
                ModelSource plain = ModelSource.open(wide)) {
            for (GgufTensor tensor : blocks.tensors()) {
                if (tensor.type().isQuantized()) {
                    byte[] bytes = blocks.view(tensor).toArray(ValueLayout.JAVA_BYTE);
                    int size = tensor.type().blockSize();
                    var widened = plain.view(plain.tensor(tensor.name()));
                    for (int i = 0; i < tensor.elementCount(); i++) {
                        int at = i / size * tensor.type().blockBytes();
                        byte[] block =
                                Arrays.copyOfRange(bytes, at, at + tensor.type().blockBytes());
                        double weight = BlockReference.weight(tensor.type().name(), block, i % size);
                        // One rounding to F32 of numbers below 1, which the kernels' decoding may make twice.
                        assertEquals(
                                weight, widened.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i), 1e-6, tensor.name());
                    }
                }
            }
        }
    }

    @Test
    void theFileDoesNotDependOnTheNumberOfThreads() throws IOException {
        Path gguf = new RandomGguf(Shape.BLOCKS, GgmlType.F32, 4).write(folder.resolve("m.gguf"));
        try (ModelSource model = ModelSource.open(gguf)) {
            for (int threads : new int[] {1, 5}) {
                new Conversion(model, recipe(Mixture.Q4_K_M))
                        .write(folder.resolve(threads + ".gguf"), threads, _ -> {});
            }
        }
        assertEquals(-1, Files.mismatch(folder.resolve("1.gguf"), folder.resolve("5.gguf")));
    }

    @Test
    void expertsAreJoined() {
        Path gguf = folder.resolve("experts.gguf");
        GgufWriter writer = new GgufWriter().put("general.architecture", GgufValue.of("llama"));
        for (int expert : new int[] {1, 0, 2}) {
            writer.tensor(
                    "blk.0.ffn_up." + expert + ".weight",
                    GgmlType.F32,
                    new long[] {2, 1},
                    TensorSource.of(expert, -expert));
        }
        writer.write(gguf);
        try (ModelSource model = ModelSource.open(convert(gguf, "joined.gguf", Recipe.KEEP))) {
            GgufTensor joined = model.tensor("blk.0.ffn_up_exps.weight");
            assertEquals(List.of(2L, 1L, 3L), joined.dims());
            assertEquals(2f, model.view(joined).get(ValueLayout.JAVA_FLOAT, 16));
            assertEquals(-1f, model.view(joined).get(ValueLayout.JAVA_FLOAT, 12));
        }
    }

    @Test
    void aWeightThatIsNotFiniteLeavesNoFile() throws IOException {
        RandomGguf random = new RandomGguf(Shape.BLOCKS, GgmlType.F32, 4).infinite("blk.1.ffn_up.weight");
        Path gguf = random.write(folder.resolve("m.gguf"));
        String message = assertThrows(ModelFileException.class, () -> convert(gguf, "x.gguf", recipe(Mixture.Q8_0)))
                .getMessage();
        assertEquals(gguf + ": tensor 'blk.1.ffn_up.weight' has weights that are not finite numbers", message);
        try (var left = Files.list(folder)) {
            assertEquals(List.of(gguf), left.toList());
        }
    }
}
