package dev.sirocco.model.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GgufMappingTest {
    private static final int HEADER_BYTES = 16;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void writeThreeTensors() {
        path = folder.resolve("model.gguf");
        GgufWriter writer = new GgufWriter();
        for (int t = 1; t <= 3; t++) {
            float[] values = new float[3000];
            Arrays.fill(values, t);
            writer.tensor("t" + t, GgmlType.F32, new long[] {1000, 3}, TensorSource.of(values));
        }
        writer.write(path);
    }

    @Test
    void writingToAPrivateMappingReachesNeitherFileNorNeighbours() throws IOException {
        byte[] before = Files.readAllBytes(path);
        try (GgufFile file = GgufFile.open(path)) {
            MemorySegment first = file.mapPrivate(file.tensor("t1"), HEADER_BYTES);
            MemorySegment second = file.mapPrivate(file.tensor("t2"), HEADER_BYTES);
            assertEquals(HEADER_BYTES + 12000, second.byteSize());
            assertEquals(HEADER_BYTES, second.address() % 32);
            assertEquals(2f, second.get(ValueLayout.JAVA_FLOAT, HEADER_BYTES));
            assertEquals(2f, second.get(ValueLayout.JAVA_FLOAT, HEADER_BYTES + 11996));

            second.fill((byte) -1);

            assertEquals(1f, first.get(ValueLayout.JAVA_FLOAT, HEADER_BYTES + 11996));
            assertEquals(2f, file.view(file.tensor("t2")).get(ValueLayout.JAVA_FLOAT, 0));
            assertEquals(-1, second.get(ValueLayout.JAVA_INT, HEADER_BYTES));
        }
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReadOnlyFileCanBeMappedForWriting() {
        assertTrue(path.toFile().setWritable(false));
        try (GgufFile file = GgufFile.open(path)) {
            MemorySegment mapped = file.mapPrivate(file.tensor("t3"), HEADER_BYTES);
            mapped.set(ValueLayout.JAVA_INT, 12, 3000);
            assertEquals(3f, mapped.get(ValueLayout.JAVA_FLOAT, HEADER_BYTES));
            assertEquals(3000, mapped.get(ValueLayout.JAVA_INT, 12));
        }
    }

    @Test
    void aViewIsReadOnly() {
        try (GgufFile file = GgufFile.open(path)) {
            MemorySegment view = file.view(file.tensor("t1"));
            assertTrue(view.isReadOnly());
            assertEquals(12000, view.byteSize());
            assertThrows(IllegalArgumentException.class, () -> view.set(ValueLayout.JAVA_BYTE, 0, (byte) 0));
        }
    }

    @Test
    void segmentsLiveAsLongAsTheirArena() {
        GgufFile file = GgufFile.open(path);
        GgufTensor tensor = file.tensor("t1");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callers = file.mapPrivate(tensor, HEADER_BYTES, arena);
            MemorySegment files = file.mapPrivate(tensor, HEADER_BYTES);
            MemorySegment view = file.view(tensor);
            file.close();
            file.close();
            assertEquals(1f, callers.get(ValueLayout.JAVA_FLOAT, HEADER_BYTES));
            assertFalse(files.scope().isAlive());
            assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    @Test
    void onlyTensorsOfTheFileAreMapped() {
        try (GgufFile file = GgufFile.open(path)) {
            GgufTensor foreign = new GgufTensor("t1", GgmlType.F32, List.of(8L), 0, 32);
            assertThrows(IllegalArgumentException.class, () -> file.view(foreign));
            GgufTensor first = file.tensor("t1");
            assertThrows(IllegalArgumentException.class, () -> file.mapPrivate(first, -1));
            assertThrows(IllegalArgumentException.class, () -> file.mapPrivate(first, first.offset() + 1));
        }
    }
}
