package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpyWriterTest {
    @TempDir
    private Path folder;

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void writesTheLayoutOfNumPysFormat() throws IOException {
        Path file = folder.resolve("m.npy");
        try (NpyWriter npy = new NpyWriter("--out", file, 2, 3)) {
            npy.writeRow(new float[] {1, 2, 3});
            npy.writeRow(new float[] {-1, Float.NaN, 1e-40f});
            npy.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("\u0093NUMPY\u0001\u0000", new String(bytes.array(), 0, 8, StandardCharsets.ISO_8859_1));
        int data = 10 + bytes.getShort(8);
        assertEquals(0, data % 64);
        String header = new String(bytes.array(), 10, data - 10, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
        assertTrue(header.endsWith("\n"));
        assertEquals(data + 24, bytes.capacity());
        assertEquals(3, bytes.getFloat(data + 8));
        assertEquals(1e-40f, bytes.getFloat(data + 20));
        assertEquals(1, files());
    }

    @Test
    void leavesNothingBehindWhenItIsNotFinished() throws IOException {
        try (NpyWriter npy = new NpyWriter("--out", folder.resolve("m.npy"), 2, 3)) {
            npy.writeRow(new float[3]);
            assertThrows(IllegalStateException.class, npy::finish);
        }
        assertEquals(0, files());
    }

    @Test
    void keepsAnOlderFileUntilTheNewOneIsComplete() throws IOException {
        Path file = Files.writeString(folder.resolve("m.npy"), "old");
        try (NpyWriter npy = new NpyWriter("--out", file, 1, 1)) {
            npy.writeRow(new float[1]);
            assertEquals("old", Files.readString(file));
            npy.finish();
        }
        assertEquals(64 * 2 + 4, Files.size(file));
    }

    @Test
    void refusesWhatCannotBeAFile() {
        assertTrue(message(folder).endsWith(": is not a regular file; name another file"));
        assertTrue(message(Path.of("/dev/null")).contains("is not a regular file"));
        assertTrue(message(folder.resolve("none/m.npy")).contains("its folder does not exist; make it first"));
    }

    private static String message(Path path) {
        String message = assertThrows(CommandFailure.class, () -> new NpyWriter("--out", path, 1, 1))
                .getMessage();
        assertTrue(message.startsWith("--out " + path), message);
        return message;
    }
}
