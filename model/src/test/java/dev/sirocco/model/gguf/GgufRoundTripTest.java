package dev.sirocco.model.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufRoundTripTest {
    @TempDir
    Path folder;

    private static Map<String, GgufValue> everyKindOfValue() {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (GgufValueType type : GgufValueType.values()) {
            if (type.isInteger()) {
                values.put("int." + type, new GgufValue.Int(type, 113));
                values.put("array." + type, new GgufValue.Packed(type, new byte[type.bytes() * 3]));
            }
        }
        values.put("largest u8", new GgufValue.Int(GgufValueType.U8, 255));
        values.put("largest u32", GgufValue.u32(0xffff_ffffL));
        values.put("largest u64", new GgufValue.Int(GgufValueType.U64, -1));
        values.put("smallest i8", new GgufValue.Int(GgufValueType.I8, -128));
        values.put("smallest i64", new GgufValue.Int(GgufValueType.I64, Long.MIN_VALUE));
        values.put("f32", GgufValue.f32(1e-5f));
        values.put("f64", new GgufValue.Real(GgufValueType.F64, Math.PI));
        values.put("nan", GgufValue.f32(Float.NaN));
        values.put("true", GgufValue.of(true));
        values.put("false", GgufValue.of(false));
        values.put("text", GgufValue.of("naïve 日本 🙂 \u0000 \ufffd"));
        values.put("empty text", GgufValue.of(""));
        values.put("strings", GgufValue.strings(List.of("", "a", "▁the", "\n")));
        values.put("no strings", GgufValue.strings(List.of()));
        values.put("floats", GgufValue.f32s(1, -2.5f, Float.NEGATIVE_INFINITY));
        values.put("ints", GgufValue.i32s(1, -2, Integer.MIN_VALUE));
        values.put("no ints", GgufValue.i32s());
        values.put("bools", new GgufValue.Packed(GgufValueType.BOOL, new byte[] {1, 0, 1}));
        return values;
    }

    @Test
    void everyKindOfValueComesBackInOrder() {
        Path path = folder.resolve("values.gguf");
        Map<String, GgufValue> values = everyKindOfValue();
        GgufWriter writer = new GgufWriter();
        values.forEach(writer::put);
        writer.write(path);

        GgufMetadata metadata;
        try (GgufFile file = GgufFile.open(path)) {
            metadata = file.metadata();
            assertEquals(3, file.version());
            assertEquals(List.of(), file.tensors());
        }
        assertEquals(new ArrayList<>(values.keySet()), new ArrayList<>(metadata.keys()));
        values.forEach((key, value) -> assertEquals(value, metadata.get(key), key));
        assertArrayEquals(new int[] {1, -2, Integer.MIN_VALUE}, metadata.getInts("ints"));
        assertArrayEquals(new float[] {1, -2.5f, Float.NEGATIVE_INFINITY}, metadata.getFloats("floats"));
        assertEquals(List.of("", "a", "▁the", "\n"), metadata.getStrings("strings"));
    }

    @ParameterizedTest
    @EnumSource(GgmlType.class)
    void tensorsOfEveryTypeComeBackAligned(GgmlType type) {
        Random random = new Random(type.id());
        Path path = folder.resolve("tensors.gguf");
        List<byte[]> data = new ArrayList<>();
        GgufWriter writer = new GgufWriter();
        List<long[]> shapes = List.of(
                new long[] {type.blockSize()},
                new long[] {3L * type.blockSize(), 5},
                new long[] {type.blockSize(), 3, 7},
                new long[] {2L * type.blockSize(), 1, 2, 3});
        for (long[] dims : shapes) {
            int elements = 1;
            for (long dim : dims) {
                elements *= (int) dim;
            }
            byte[] bytes = new byte[elements / type.blockSize() * type.blockBytes()];
            random.nextBytes(bytes);
            data.add(bytes);
            TensorSource source =
                    data.size() % 2 == 0 ? TensorSource.of(bytes) : TensorSource.of(MemorySegment.ofArray(bytes));
            writer.tensor("t" + data.size(), type, dims, source);
        }
        writer.write(path);

        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(shapes.size(), file.tensors().size());
            for (int i = 0; i < shapes.size(); i++) {
                GgufTensor tensor = file.tensor("t" + (i + 1));
                assertEquals(type, tensor.type());
                assertEquals(shapes.get(i).length, tensor.dims().size());
                assertEquals(shapes.get(i)[0], tensor.dim(0));
                assertEquals(1, tensor.dim(shapes.get(i).length));
                assertEquals(0, tensor.offset() % 32);
                assertEquals(data.get(i).length / type.blockBytes() * (long) type.blockSize(), tensor.elementCount());
                assertArrayEquals(data.get(i), file.view(tensor).toArray(ValueLayout.JAVA_BYTE));
            }
            assertEquals(0, file.sizeBytes() % 32);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 64, 4096})
    void alignmentIsThatOfTheFile(int alignment) {
        Path path = folder.resolve("aligned.gguf");
        new GgufWriter()
                .put("general.alignment", GgufValue.u32(alignment))
                .tensor("a", GgmlType.F32, new long[] {3}, TensorSource.of(1f, 2f, 3f))
                .tensor("b", GgmlType.F32, new long[] {2}, TensorSource.of(4f, 5f))
                .write(path);
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(alignment, file.alignment());
            assertEquals(0, file.tensor("b").offset() % alignment);
            assertEquals(
                    Math.ceilDiv(12, alignment) * alignment,
                    file.tensor("b").offset() - file.tensor("a").offset());
            assertArrayEquals(new float[] {4, 5}, file.view(file.tensor("b")).toArray(ValueLayout.JAVA_FLOAT));
        }
    }

    @Test
    void version2IsReadLikeVersion3() throws IOException {
        byte[] bytes = GgufBytes.header(1, 1)
                .key("general.architecture", GgufValueType.STRING)
                .string("llama")
                .tensor("t", GgmlType.F32.id(), 0, 8)
                .data(32)
                .bytes();
        bytes[4] = 2;
        Path path = Files.write(folder.resolve("version2.gguf"), bytes);
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(2, file.version());
            assertEquals("llama", file.metadata().getString("general.architecture"));
            assertEquals(32, file.tensor("t").sizeBytes());
        }
    }

    @Test
    void typedGettersNameFileKeyAndExpectation() {
        Path path = folder.resolve("typed.gguf");
        new GgufWriter()
                .put("n", GgufValue.u32(3_000_000_000L))
                .put("big", new GgufValue.Int(GgufValueType.U64, -2))
                .put("x", GgufValue.f32(1.5f))
                .put("s", GgufValue.of("text"))
                .put("l", GgufValue.strings(List.of("a", "b")))
                .write(path);
        try (GgufFile file = GgufFile.open(path)) {
            GgufMetadata metadata = file.metadata();
            assertEquals(3_000_000_000L, metadata.getLong("n"));
            assertEquals(7, metadata.getInt("absent", 7));
            assertEquals("none", metadata.getString("absent", "none"));
            assertEquals(1.5f, metadata.getFloat("x"));
            assertMessage(
                    () -> metadata.getInt("n"), "the metadata key 'n' is u32 3000000000; expected a whole number from");
            assertMessage(() -> metadata.getInt("big"), "is u64 18446744073709551614; expected a whole number from");
            assertMessage(() -> metadata.getFloat("n"), "'n' is u32 3000000000; expected a number with a point");
            assertMessage(() -> metadata.getBool("s"), "'s' is string 'text'; expected true or false");
            assertMessage(() -> metadata.getString("x", "default"), "'x' is f32 1.5; expected a string");
            assertMessage(() -> metadata.getInts("l"), "'l' is string[2]; expected an array of whole numbers");
            assertMessage(() -> metadata.getLong("absent"), "lacks the metadata key 'absent'");
            assertMessage(() -> file.tensor("absent"), "lacks the tensor 'absent'");
        }
    }

    private void assertMessage(Executable action, String part) {
        String message = assertThrows(GgufException.class, action).getMessage();
        assertTrue(message.startsWith(folder.resolve("typed.gguf") + ": ") && message.contains(part), message);
    }
}
