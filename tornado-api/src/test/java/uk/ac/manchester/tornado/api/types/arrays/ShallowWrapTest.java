package uk.ac.manchester.tornado.api.types.arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShallowWrapTest {
    private static final long HEADER = TornadoNativeArray.ARRAY_HEADER;

    @ParameterizedTest
    @EnumSource
    void sharesTheSegment(ArrayKind kind) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(HEADER + 9L * kind.elementSize, 8);
            TornadoNativeArray array = kind.wrap.apply(segment);
            assertSame(segment, array.getSegmentWithHeader());
            assertEquals(9, array.getSize());
            kind.set(array, 8, 6);
            TornadoNativeArray again = kind.wrap.apply(segment);
            assertEquals(6.0, kind.get(again, 8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheNumberOfElementsInFront(ArrayKind kind) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(HEADER + 5L * kind.elementSize, 8);
            segment.fill((byte) 0x55);
            kind.wrap.apply(segment);
            assertEquals(5, segment.get(ValueLayout.JAVA_INT, 0));
            for (long offset = Integer.BYTES; offset < segment.byteSize(); offset++) {
                assertEquals(0x55, segment.get(ValueLayout.JAVA_BYTE, offset), "byte " + offset);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesElementsThatAreAlignedToTheirSizeOnly(ArrayKind kind) {
        int alignment = Math.max(4, kind.elementSize);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(200, 64).asSlice(alignment, HEADER + 7L * kind.elementSize);
            TornadoNativeArray array = kind.wrap.apply(segment);
            kind.set(array, 6, -9);
            assertEquals(-9.0, kind.get(array, 6));
        }
    }

    @Test
    void readsAMappedFileWithoutChangingIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("weights");
        ByteBuffer content = ByteBuffer.allocate(32 + 64).order(ByteOrder.nativeOrder());
        content.putFloat(32, 1.5f).putFloat(36, -2.5f).putFloat(92, 8f);
        content.put(0, new byte[] {1, 2, 3, 4});
        Files.write(file, content.array());

        try (Arena arena = Arena.ofConfined();
                FileChannel channel = openForPrivateMapping(file)) {
            MemorySegment mapped = channel.map(MapMode.PRIVATE, 0, channel.size(), arena);
            FloatArray array = FloatArray.fromSegmentShallow(mapped.asSlice(32 - HEADER));
            assertEquals(16, array.getSize());
            assertEquals(1.5f, array.get(0));
            assertEquals(-2.5f, array.get(1));
            assertEquals(8f, array.get(15));
            array.set(2, 77f);
            assertEquals(77f, array.get(2));
        }
        assertArrayEquals(content.array(), Files.readAllBytes(file));
    }

    @Test
    void keepsTwoRegionsOfOneFileApartWhenEachIsMappedByItself(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("weights");
        ByteBuffer content = ByteBuffer.allocate(32 + 32 + 32).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 16; i++) {
            content.putInt(32 + 4 * i, i);
        }
        Files.write(file, content.array());

        try (Arena arena = Arena.ofConfined();
                FileChannel channel = openForPrivateMapping(file)) {
            IntArray first = IntArray.fromSegmentShallow(channel.map(MapMode.PRIVATE, 32 - HEADER, HEADER + 32, arena));
            IntArray second =
                    IntArray.fromSegmentShallow(channel.map(MapMode.PRIVATE, 64 - HEADER, HEADER + 32, arena));
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, first.toHeapArray());
            assertArrayEquals(new int[] {8, 9, 10, 11, 12, 13, 14, 15}, second.toHeapArray());
        }
    }

    @Test
    void refusesAReadOnlyMapping(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("weights"), new byte[64]);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, 64, arena);
            refuses(mapped, ArrayKind.FLOAT, "MapMode.PRIVATE");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeWrapped(ArrayKind kind) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(256, 64);
            refuses(null, kind, "null");
            refuses(MemorySegment.ofArray(new long[32]), kind, "heap");
            refuses(segment.asReadOnly(), kind, "read-only");
            refuses(segment.asSlice(0, HEADER - 1), kind, "too few");
            refuses(segment.asSlice(2, HEADER + 8), kind, "not aligned to " + Math.max(4, kind.elementSize));
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"INT8", "BYTE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesABrokenElement(ArrayKind kind) {
        try (Arena arena = Arena.ofConfined()) {
            refuses(arena.allocate(HEADER + 3L * kind.elementSize - 1, 64), kind, "multiple of the element size");
        }
    }

    @Test
    void refusesMoreElementsThanAnIntCounts(@TempDir Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(
                        folder.resolve("sparse"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            long elements = 1L + Integer.MAX_VALUE;
            MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, HEADER + elements, arena);
            refuses(mapped, ArrayKind.BYTE, "2147483648 elements are too many");
            assertEquals(0, mapped.get(ValueLayout.JAVA_INT, 0), "a refused segment is left as it was");
        }
    }

    /** Java asks for a channel that can write, although the pages written stay in memory. */
    private static FileChannel openForPrivateMapping(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void refuses(MemorySegment segment, ArrayKind kind, String reason) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> kind.wrap.apply(segment));
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }
}
