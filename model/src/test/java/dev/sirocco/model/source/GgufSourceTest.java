package dev.sirocco.model.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufSourceTest {
    @TempDir
    private Path folder;

    @Test
    void anyPartOpensTheWholeModel() {
        writeParts(3);
        for (int number = 1; number <= 3; number++) {
            try (ModelSource source = ModelSource.open(part(number, 3))) {
                assertEquals(part(1, 3), source.path());
                assertEquals("llama", source.metadata().getString("general.architecture"));
                assertEquals(
                        List.of("t1", "t2", "t3"),
                        source.tensors().stream().map(GgufTensor::name).toList());
                for (int t = 1; t <= 3; t++) {
                    GgufTensor tensor = source.tensor("t" + t);
                    assertEquals(t, source.view(tensor).get(ValueLayout.JAVA_FLOAT, 0));
                    assertEquals(t, source.mapPrivate(tensor, 16).get(ValueLayout.JAVA_FLOAT, 16));
                }
                assertTrue(source.format().endsWith("3 parts"), source.format());
            }
        }
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        writeParts(4);
        Files.delete(part(1, 4));
        Files.delete(part(3, 4));
        refused(part(2, 4), "lacks 2 of its 4 parts: m-00001-of-00004.gguf, m-00003-of-00004.gguf; download them");
    }

    @Test
    void aPartUnderAnotherNameIsRefused() throws IOException {
        writeParts(2);
        Path renamed = Files.move(part(1, 2), folder.resolve("model.gguf"));
        refused(renamed, "is one of 2 parts, but its name does not end in -00001-of-00002.gguf");
    }

    @Test
    void partsInTheWrongPlaceAreRefused() throws IOException {
        writeParts(2);
        Files.delete(part(2, 2));
        Files.copy(part(1, 2), part(2, 2));
        refused(part(1, 2), part(2, 2), "says that it is part 1 of 2, not part 2 of 2");
    }

    @Test
    void partsWithTheSameTensorAreRefused() {
        write(1, 2, "t", 1, 2);
        write(2, 2, "t", 2, 2);
        refused(part(1, 2), part(2, 2), "has the tensor 't', which m-00001-of-00002.gguf has too");
    }

    @Test
    void tensorsThatNoPartHasAreMissed() {
        write(1, 2, "t1", 1, 3);
        write(2, 2, "t2", 2, 3);
        refused(part(1, 2), "says that the model has 3 tensors (split.tensors.count), but its 2 parts have 2");
    }

    @Test
    void anAbsurdNumberOfPartsIsRefused() {
        Path path = folder.resolve("m-00001-of-99999.gguf");
        new GgufWriter().put("split.count", GgufValue.u32(99_999)).write(path);
        refused(path, "split.count is 99999; at most 1024 are supported");
    }

    @Test
    void damagedPartsAreRefusedInOneLineOrSound() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        writeParts(3);
        int opened = 0;
        for (int i = 0; i < 1500; i++) {
            Path part = part(1 + i % 3, 3);
            byte[] sound = Files.readAllBytes(part);
            byte[] damaged = sound.clone();
            for (int change = random.nextInt(1, 3); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(part, damaged);
            // What says where the others are may be damaged too: any part is opened.
            try (ModelSource source = ModelSource.open(part(random.nextInt(1, 4), 3))) {
                source.tensors().forEach(source::view);
                opened++;
            } catch (ModelFileException refused) {
                assertTrue(refused.getMessage().startsWith(folder.toString()), refused.getMessage());
                assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            }
            Files.write(part, sound);
        }
        assertTrue(opened > 50 && opened < 1450, opened + " opened");
    }

    private void refused(Path opened, String problem) {
        refused(opened, opened, problem);
    }

    private static void refused(Path opened, Path named, String problem) {
        String message = assertThrows(ModelFileException.class, () -> ModelSource.open(opened))
                .getMessage();
        assertTrue(message.startsWith(named + ": " + problem), message);
        assertEquals(1, message.lines().count());
    }

    private void writeParts(int count) {
        for (int number = 1; number <= count; number++) {
            write(number, count, "t" + number, number, count);
        }
    }

    private void write(int number, int count, String tensor, float value, int tensors) {
        GgufWriter writer = new GgufWriter();
        if (number == 1) {
            writer.put("general.architecture", GgufValue.of("llama"));
        }
        writer.put("split.no", GgufValue.u32(number - 1))
                .put("split.count", GgufValue.u32(count))
                .put("split.tensors.count", GgufValue.u32(tensors))
                .tensor(tensor, GgmlType.F32, new long[] {2}, TensorSource.of(value, value))
                .write(part(number, count));
    }

    private Path part(int number, int count) {
        return folder.resolve("m-%05d-of-%05d.gguf".formatted(number, count));
    }
}
