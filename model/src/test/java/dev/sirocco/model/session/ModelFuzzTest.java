package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.runtime.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model files whose header was damaged. Either the file is refused in one line, or every size in it is consistent and
 * it runs: on the {@code reference} device a read beyond a tensor would be an exception, on others a crash.
 */
final class ModelFuzzTest {
    private static final int FILES = 600;

    @TempDir
    Path folder;

    @Test
    void damagedHeadersAreRefusedOrRun() throws IOException {
        Shape shape = new Shape(8, 1, 2, 1, 4, 6, 260, 3, 1e4f, 12);
        Path sound = new RandomGguf(shape, GgmlType.F32, 1).write(folder.resolve("sound.gguf"));
        byte[] bytes = Files.readAllBytes(sound);
        int headerBytes;
        try (GgufFile file = GgufFile.open(sound)) {
            headerBytes = Math.toIntExact(file.dataOffset());
        }
        SplittableRandom random = new SplittableRandom(11);
        int ran = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] damaged = bytes.clone();
            for (int change = random.nextInt(1, 3); change > 0; change--) {
                // Most of the header is vocabulary, and what decides sizes lies before and after it.
                int at = random.nextBoolean()
                        ? random.nextInt(headerBytes)
                        : random.nextInt(Math.min(1400, headerBytes));
                damaged[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) (damaged[at] ^ 1 << random.nextInt(8));
            }
            Path path = Files.write(folder.resolve("damaged.gguf"), damaged);
            ran += run(path) ? 1 : 0;
        }
        assertTrue(ran > FILES / 20 && ran < FILES, ran + " ran");
    }

    private static boolean run(Path path) {
        ModelOptions options =
                ModelOptions.DEFAULT.withDevice(Devices.installed().find("reference"));
        try (Model model = Model.open(path, options);
                Session session = model.newSession(SessionOptions.DEFAULT)) {
            int count = Math.min(session.context(), 12);
            session.append(new SplittableRandom(1)
                    .ints(count, 0, model.config().vocab())
                    .toArray());
            assertEquals(model.config().vocab(), session.logits().getSize());
            return true;
        } catch (ModelFileException | ContextException refused) {
            assertTrue(refused.getMessage().lines().count() == 1, refused.getMessage());
            return false;
        }
    }
}
