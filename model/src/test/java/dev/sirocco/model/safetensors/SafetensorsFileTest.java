package dev.sirocco.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.SafetensorsBytes;
import dev.sirocco.model.files.ModelFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file holds, and that no bytes do harm. */
final class SafetensorsFileTest {
    @TempDir
    private Path folder;

    @Test
    void tensorsAreFoundWhereTheHeaderSays() {
        Path path = new SafetensorsBytes()
                .tensor("a", "F32", bytes(8), 1, 2)
                .tensor("b", "BF16", bytes(4), 2)
                .tensor("one", "I64", bytes(8))
                .write(folder.resolve("m.safetensors"));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(
                    List.of("a", "b", "one"),
                    file.tensors().stream().map(StoredTensor::name).toList());
            StoredTensor b = file.tensors().get(1);
            assertEquals(List.of(2L), b.shape());
            assertEquals(ElementType.BF16, b.type());
            assertEquals(0x0302, file.view(b).get(ValueLayout.JAVA_SHORT_UNALIGNED, 2));
            assertEquals(List.of(), file.tensors().get(2).shape());
        }
    }

    @Test
    void whatLiesAcrossItsBoundariesIsCopiedAndTheRestMapped() {
        Path path = folder.resolve("odd.safetensors");
        String header =
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"U8\",\"shape\":[1],"
                        + "\"data_offsets\":[4,5]}}";
        for (int padding = 0; padding < 4; padding++) {
            write(path, SafetensorsBytes.file(header + " ".repeat(padding), bytes(5)));
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                MemorySegment mapped = file.mapPrivate(file.tensors().getFirst(), 24);
                assertEquals(28, mapped.byteSize());
                assertEquals(0, (mapped.address() + 24) % 4);
                assertEquals(0x03020100, mapped.get(ValueLayout.JAVA_INT, 24));
                mapped.fill((byte) -1);
                assertEquals(0, file.view(file.tensors().getFirst()).get(ValueLayout.JAVA_BYTE, 0));
            }
        }
    }

    /** Each header, and the beginning of what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}|tensor 'a' is F32 [2], but has 4 bytes
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}|tensor 'a' lies at data bytes 4 to 12, but
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}|tensor 'a' lies at data bytes 8 to 0
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}|tensor 'a' (shape) has a negative number
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}|tensor 'a' (data_offsets) has a negative number
            {"a":{"dtype":"F32","shape":[9223372036854775807,3],"data_offsets":[0,8]}}|tensor 'a' has the shape
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}|tensor 'a' lies at data
            {"a":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}}|tensor 'a' has the type 'Q9', which is not supported
            {"a":{"dtype":"F32","shape":[2]}}|tensor 'a' lacks its dtype, shape or two data_offsets
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}|tensor 'a' lacks its dtype, shape or two data_offsets
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}|tensor 'a' (data_offsets) has
            {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}|tensor 'a' (shape) is not described
            {"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}|tensor 'a' (dtype) is not described as the format demands
            {"a":[1]}|tensor 'a' is not described as the format demands
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}|tensor 'a' has the unknown field 'x'
            {}{}|something follows the object
            """)
    void unsoundHeadersAreRefused(String header, String problem) {
        Path path = write(folder.resolve("m.safetensors"), SafetensorsBytes.file(header, new byte[8]));
        refused(path, "has a header that is not sound: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}
            {"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}
            {"a":{"dtype":"F32","shape":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]],"data_offsets":[0,8]}}
            {"a"
            {nonsense
            """)
    void headersThatAreNotJsonAreRefused(String header) {
        Path path = write(folder.resolve("m.safetensors"), SafetensorsBytes.file(header, new byte[8]));
        String message = assertThrows(ModelFileException.class, () -> SafetensorsFile.open(path))
                .getMessage();
        assertTrue(message.startsWith(path + ": has a header that is not sound"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void lengthsBeyondTheFileAreRefused() {
        Path path = folder.resolve("m.safetensors");
        for (long length : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 32}) {
            byte[] bytes = SafetensorsBytes.file("{}");
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            refused(write(path, bytes), "is no safetensors file: it does not begin with the length of a header");
        }
        byte[] bytes = SafetensorsBytes.file("{}");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(3);
        refused(write(path, bytes), "has a header of 3 bytes, but 10 bytes in all (truncated");
        refused(write(path), "is no safetensors file: it has 0 bytes");
        refused(
                write(path, "version https://git-lfs.github.com/spec/v1\n".getBytes()),
                "is no safetensors file: it does not begin with the length of a header of at most 100 MB and the"
                        + " header; it is a Git LFS pointer");
        refused(folder.resolve("none.safetensors"), "does not exist");
    }

    @Test
    void damagedFilesAreRefusedInOneLineOrSound() {
        byte[] sound = new SafetensorsBytes()
                .tensor("model.norm.weight", "F32", bytes(32), 8)
                .tensor("lm_head.weight", "BF16", bytes(64), 4, 8)
                .toByteArray();
        SplittableRandom random = new SplittableRandom(5);
        Path path = folder.resolve("damaged.safetensors");
        int opened = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = sound.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                damaged[random.nextInt(sound.length - 96)] = (byte) random.nextInt(32, 127);
            }
            write(path, random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                for (StoredTensor tensor : file.tensors()) {
                    assertEquals(tensor.sizeBytes(), file.view(tensor).byteSize());
                }
                opened++;
            } catch (ModelFileException refused) {
                assertTrue(refused.getMessage().startsWith(path + ": "), refused.getMessage());
                assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            }
        }
        assertTrue(opened > 30 && opened < 2500, opened + " opened");
    }

    private static void refused(Path path, String problem) {
        String message = assertThrows(ModelFileException.class, () -> SafetensorsFile.open(path))
                .getMessage();
        assertTrue(message.startsWith(path + ": " + problem), message);
        assertEquals(1, message.lines().count());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Path write(Path path, byte... bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
