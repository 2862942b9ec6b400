package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.PublishedFolder;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.loading.ModelConfig;
import dev.sirocco.runtime.Devices;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One model in three forms: a GGUF file, and folders in both layouts. */
final class FolderLogitsTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(Shape.ODD, GgmlType.F32),
                Arguments.of(Shape.ODD.withWindow(0), GgmlType.F16),
                Arguments.of(Shape.BLOCKS, GgmlType.F32),
                Arguments.of(Shape.ODD, GgmlType.BF16)); // as most models are published
    }

    @ParameterizedTest
    @MethodSource("models")
    void allFormsGiveTheSameLogits(Shape shape, GgmlType type) {
        Path gguf = new RandomGguf(shape, type, 17).write(folder.resolve("m.gguf"));
        Path huggingFace = PublishedFolder.likeHuggingFace(gguf, folder.resolve("hf"));
        Path mistral = PublishedFolder.likeMistral(gguf, folder.resolve("mistral"));
        float[] expected = logits(gguf);
        assertArrayEquals(expected, logits(mistral), 0, "the same weights in the same order");
        // Scores are sums over the elements of a head, here in another order: each of the headDim additions rounds, of
        // logits about 1 in size, and three layers pass it on.
        float tolerance = 3 * shape.headDim() * 0x1p-23f;
        assertArrayEquals(expected, logits(huggingFace), tolerance);
    }

    private float[] logits(Path path) {
        ModelOptions options =
                ModelOptions.DEFAULT.withDevice(Devices.installed().find("cpu"));
        try (Model model = Model.open(path, options);
                Session session = model.newSession(SessionOptions.DEFAULT)) {
            ModelConfig config = model.config();
            assertTrue(Set.of(0, 5).contains(config.windows().inLayer(0)));
            session.append(new SplittableRandom(3).ints(20, 0, config.vocab()).toArray());
            return session.logits().toHeapArray();
        }
    }
}
