package dev.sirocco.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFilesTest {
    private static final byte[] CODE = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasKept() {
        KeptFiles cache = new KeptFiles(folder.resolve("new/folder"));
        assertTrue(cache.find("a").isEmpty());
        cache.keep("a", CODE);
        assertArrayEquals(CODE, cache.find("a").orElseThrow());
        assertTrue(cache.find("b").isEmpty());
        cache.keep("a", new byte[0]);
        assertArrayEquals(new byte[0], cache.find("a").orElseThrow());
    }

    @Test
    void ignoresFilesThatAreDamaged() throws IOException {
        KeptFiles cache = new KeptFiles(folder);
        cache.keep("a", CODE);
        byte[] whole = Files.readAllBytes(folder.resolve("a"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("a"), Arrays.copyOf(whole, length));
            assertTrue(cache.find("a").isEmpty(), "cut to " + length);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            Files.write(folder.resolve("a"), flipped);
            assertTrue(cache.find("a").isEmpty(), "flipped at " + i);
        }
    }

    @Test
    void doesWithoutAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        KeptFiles cache = new KeptFiles(file.resolve("inside"));
        cache.keep("a", CODE);
        assertTrue(cache.find("a").isEmpty());
    }

    @Test
    void dropsTheOldestFilesWhenThereAreTooMany() throws IOException {
        for (int i = 0; i < 5000; i++) {
            Path file = Files.write(folder.resolve("f" + i), CODE);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + i));
        }
        new KeptFiles(folder).keep("a", CODE);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2501, left.count());
        }
        assertTrue(Files.exists(folder.resolve("f4999")) && !Files.exists(folder.resolve("f0")));
    }
}
