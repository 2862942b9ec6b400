package dev.sirocco.model.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTest {
    @TempDir
    Path folder;

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aFailingSourceLeavesTheOldFile() throws IOException {
        Path path = Files.writeString(folder.resolve("model.gguf"), "old");
        IOException cause = new IOException("the source ran dry");
        GgufWriter writer = new GgufWriter().tensor("t", GgmlType.F32, new long[] {8}, out -> {
            out.write(new byte[16]);
            throw cause;
        });
        GgufException failure = assertThrows(GgufException.class, () -> writer.write(path));
        assertEquals(path + ": cannot be written: the source ran dry", failure.getMessage());
        assertSame(cause, failure.getCause());
        assertEquals("old", Files.readString(path));
        assertEquals(List.of("model.gguf"), filesLeft());
    }

    @Test
    void aSourceOfTheWrongSizeIsRefused() throws IOException {
        Path path = folder.resolve("model.gguf");
        for (int bytes : new int[] {0, 31, 33, 1000}) {
            GgufWriter writer =
                    new GgufWriter().tensor("t", GgmlType.F32, new long[] {8}, TensorSource.of(new byte[bytes]));
            GgufException failure = assertThrows(GgufException.class, () -> writer.write(path));
            assertEquals(path + ": tensor 't' has 32 bytes, but its source gave " + bytes, failure.getMessage());
        }
        assertEquals(List.of(), filesLeft());
    }

    @Test
    void anErrorInASourceLeavesNothing() throws IOException {
        GgufWriter writer = new GgufWriter().tensor("t", GgmlType.F32, new long[] {8}, out -> {
            throw new OutOfMemoryError("of the source");
        });
        assertThrows(OutOfMemoryError.class, () -> writer.write(folder.resolve("model.gguf")));
        assertEquals(List.of(), filesLeft());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        Path path = folder.resolve("no such folder").resolve("model.gguf");
        GgufException failure = assertThrows(GgufException.class, () -> new GgufWriter().write(path));
        assertTrue(failure.getMessage().startsWith(path + ": cannot be written: NoSuchFile ("), failure.getMessage());
    }

    @Test
    void anExistingFileIsReplaced() throws IOException {
        Path path = folder.resolve("model.gguf");
        new GgufWriter().put("k", GgufValue.of("first")).write(path);
        new GgufWriter().put("k", GgufValue.of("second")).write(path);
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals("second", file.metadata().getString("k"));
        }
        assertEquals(List.of("model.gguf"), filesLeft());
    }

    @Test
    void mistakesOfTheCallerAreRefusedAtOnce() {
        GgufWriter writer = new GgufWriter()
                .put("k", GgufValue.of(true))
                .tensor("t", GgmlType.F32, new long[] {1}, TensorSource.of(1f));
        assertThrows(IllegalArgumentException.class, () -> writer.put("k", GgufValue.of(false)));
        assertThrows(IllegalArgumentException.class, () -> writer.put("", GgufValue.of(false)));
        assertThrows(IllegalArgumentException.class, () -> writer.put("general.alignment", GgufValue.u32(24)));
        TensorSource source = TensorSource.of(1f);
        assertThrows(IllegalArgumentException.class, () -> writer.tensor("t", GgmlType.F32, new long[] {1}, source));
        assertThrows(IllegalArgumentException.class, () -> writer.tensor("u", GgmlType.Q4_0, new long[] {31}, source));
        assertThrows(IllegalArgumentException.class, () -> writer.tensor("u", GgmlType.F32, new long[] {}, source));
        assertThrows(IllegalArgumentException.class, () -> new GgufValue.Int(GgufValueType.U8, 256));
        assertThrows(IllegalArgumentException.class, () -> new GgufValue.Int(GgufValueType.I8, 128));
        assertThrows(IllegalArgumentException.class, () -> new GgufValue.Int(GgufValueType.U32, -1));
        assertThrows(IllegalArgumentException.class, () -> new GgufValue.Int(GgufValueType.F32, 1));
    }
}
