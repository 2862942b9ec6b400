package dev.sirocco.model.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateMappingTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDescriptorForReadingIsMappedLikeAChannel() throws IOException {
        byte[] before = new byte[36_000];
        new Random(1).nextBytes(before);
        Path path = Files.write(folder.resolve("file"), before);
        try (PrivateMapping descriptor = new PrivateMapping.OfDescriptor(PosixNative.openReadOnly(path));
                PrivateMapping channel = PrivateMapping.open(path);
                Arena arena = Arena.ofConfined()) {
            for (long offset : new long[] {0, 1, 16, 4095, 4096, 12345}) {
                long size = before.length - offset;
                MemorySegment mapped = descriptor.map(offset, size, arena);
                assertEquals(size, mapped.byteSize());
                assertEquals(-1, mapped.mismatch(channel.map(offset, size, arena)));
                mapped.fill((byte) 7);
            }
        }
        assertArrayEquals(before, Files.readAllBytes(path));
        String message = assertThrows(IOException.class, () -> PosixNative.openReadOnly(folder.resolve("missing")))
                .getMessage();
        assertEquals("open failed with errno 2", message);
    }
}
