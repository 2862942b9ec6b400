package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {
    private static final byte[] OBJECT = {1, 2, 3, 4, 5};
    private static final String IR = "define i64 @seven() {\n  ret i64 7\n}\n";

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasKept() {
        ObjectCache cache = new ObjectCache(folder.resolve("new/folder"));
        assertTrue(cache.find("a").isEmpty());
        cache.keep("a", OBJECT);
        assertArrayEquals(OBJECT, cache.find("a").orElseThrow());
        assertTrue(cache.find("b").isEmpty());
        cache.keep("a", new byte[0]);
        assertArrayEquals(new byte[0], cache.find("a").orElseThrow());
    }

    @Test
    void ignoresFilesThatAreDamaged() throws IOException {
        ObjectCache cache = new ObjectCache(folder);
        cache.keep("a", OBJECT);
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
        ObjectCache cache = new ObjectCache(file.resolve("objects"));
        cache.keep("a", OBJECT);
        assertTrue(cache.find("a").isEmpty());
    }

    @Test
    void dropsTheOldestFilesWhenThereAreTooMany() throws IOException {
        for (int i = 0; i < 5000; i++) {
            Path file = Files.write(folder.resolve("f" + i), OBJECT);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + i));
        }
        new ObjectCache(folder).keep("a", OBJECT);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2501, left.count());
        }
        assertTrue(Files.exists(folder.resolve("f4999")) && !Files.exists(folder.resolve("f0")));
    }

    @Test
    void aSecondProcessTakesTheObjectAndRewritesADamagedOne() throws IOException {
        HostCompiler compiler =
                assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();
        CodeCache first = new CodeCache(compiler, new ObjectCache(folder));
        assertEquals(7, NativeCall.call(first.get(IR, "seven", null).address(), 0, 0, 0));
        List<Path> kept;
        try (Stream<Path> files = Files.list(folder)) {
            kept = files.toList();
        }
        assertEquals(1, kept.size());
        byte[] object = Files.readAllBytes(kept.getFirst());
        Files.write(kept.getFirst(), new byte[100]);
        HostCompiler other = HostCompiler.create(compiler.llvm());
        CodeCache second = new CodeCache(other, new ObjectCache(folder));
        assertEquals(7, NativeCall.call(second.get(IR, "seven", null).address(), 0, 0, 0));
        assertArrayEquals(object, Files.readAllBytes(kept.getFirst()));
    }
}
