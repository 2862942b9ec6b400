package dev.sirocco.model.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.files.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by hand to be wrong in one way each. */
class GgufHostileFileTest {
    @TempDir
    Path folder;

    private static void assertRefused(GgufBytes file, String problem) {
        GgufException refusal = assertThrows(GgufException.class, file::parse);
        String message = refusal.getMessage();
        assertTrue(message.contains(problem), message);
        assertTrue(message.startsWith(GgufBytes.FILE + ": "), message);
        assertFalse(message.contains("\n"), message);
        assertEquals(GgufBytes.FILE, refusal.file());
    }

    private void assertRefused(Path path, String problem) {
        ModelFileException refusal = assertThrows(ModelFileException.class, () -> GgufFile.open(path));
        assertEquals(path + ": " + problem, refusal.getMessage());
    }

    @Test
    void somethingOtherThanAFile() throws IOException {
        assertRefused(folder, "is a directory; name the .gguf file in it");
        assertRefused(folder.resolve("missing.gguf"), "does not exist");
        assertRefused(Path.of("/dev/zero"), "is not a regular file, so it cannot be mapped; copy it to one");
        Path empty = Files.createFile(folder.resolve("empty.gguf"));
        assertRefused(empty, "is empty; download it again");
    }

    @Test
    void anotherFormat() {
        assertRefused(new GgufBytes().raw("version https://git-lfs"), "as a Git LFS pointer does");
        assertRefused(new GgufBytes().raw("PK\u0003\u0004 and more"), "'PK\\u0003\\u0004', a zip archive");
        assertRefused(new GgufBytes().raw("tjgg and more"), "a format before GGUF");
        assertRefused(new GgufBytes().raw("<!doctype html>"), "a web page");
        assertRefused(new GgufBytes().raw("GG"), "is not a GGUF file: it begins with 'GG'");
        assertRefused(new GgufBytes().raw("\n\r\u0000\u00e9"), "'\\u000a\\u000d\\u0000é'");
    }

    @Test
    void anotherVersion() {
        assertRefused(new GgufBytes().raw("GGUF").u32(1).u64(0).u64(0), "at byte 4: GGUF version 1 is not supported");
        assertRefused(new GgufBytes().raw("GGUF").u32(4).u64(0).u64(0), "GGUF version 4 is not supported");
        assertRefused(new GgufBytes().raw("GGUF").u32(-1).u64(0).u64(0), "GGUF version 4294967295 is not supported");
        assertRefused(new GgufBytes().raw("GGUF").u32(3 << 24).u64(0).u64(0), "the file is big-endian");
        assertRefused(new GgufBytes().raw("GGUF").u32(2 << 24).u64(0).u64(0), "the file is big-endian");
    }

    @Test
    void countsLargerThanTheFileCanHold() {
        assertRefused(GgufBytes.header(Long.MIN_VALUE, 0), "the number of tensors is 9223372036854775808, more than");
        assertRefused(GgufBytes.header(-1, 0), "the number of tensors is 18446744073709551615, more than");
        assertRefused(GgufBytes.header(0, Long.MAX_VALUE), "the number of metadata keys is 9223372036854775807");
        assertRefused(GgufBytes.header(1, 0), "at byte 8: the number of tensors is 1, more than the remaining 8 bytes");
        assertRefused(GgufBytes.header(0, 1).raw(new byte[12]), "the number of metadata keys is 1, more than");
    }

    @Test
    void countsAboveTheLimits() {
        int keys = GgufParser.MAX_KEYS + 1;
        assertRefused(GgufBytes.header(0, keys).raw(new byte[keys * 13]), "keys is 65537; at most 65536 are supported");
        int tensors = GgufParser.MAX_TENSORS + 1;
        assertRefused(GgufBytes.header(tensors, 0).raw(new byte[tensors * 33]), "at most 262144 are supported");
        int strings = GgufParser.MAX_ARRAY_STRINGS;
        GgufBytes twoArrays = GgufBytes.header(0, 2)
                .key("a", GgufValueType.ARRAY)
                .u32(GgufValueType.STRING.id())
                .u64(strings)
                .raw(new byte[strings * 8])
                .key("b", GgufValueType.ARRAY)
                .u32(GgufValueType.STRING.id())
                .u64(1)
                .string("one too many");
        assertRefused(twoArrays, "the length of the metadata key 'b' is 1; at most 0 are supported");
    }

    @Test
    void lengthsThatOverflow() {
        for (long length : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, -8, 1L << 32, 1L << 61, 1000}) {
            String shown = Long.toUnsignedString(length);
            GgufBytes key = GgufBytes.header(0, 1).u64(length).raw(new byte[20]);
            assertRefused(key, "at byte 24: metadata key 0 has " + shown + " bytes, more than the remaining 20 bytes");
            GgufBytes text =
                    GgufBytes.header(0, 1).key("k", GgufValueType.STRING).u64(length);
            assertRefused(text, "the metadata key 'k' has " + shown + " bytes");
            for (GgufValueType type : GgufValueType.values()) {
                GgufBytes array = GgufBytes.header(0, 1)
                        .key("k", GgufValueType.ARRAY)
                        .u32(type.id())
                        .u64(length)
                        .raw(new byte[64]);
                assertRefused(
                        array, "the metadata key 'k' is an array of arrays", "the length of the metadata key 'k' is ");
            }
        }
    }

    private static void assertRefused(GgufBytes file, String problem, String orProblem) {
        String message = assertThrows(GgufException.class, file::parse).getMessage();
        assertTrue(message.contains(problem) || message.contains(orProblem), message);
    }

    @Test
    void nestedArrays() {
        GgufBytes nested = GgufBytes.header(0, 1).key("k", GgufValueType.ARRAY);
        for (int depth = 0; depth < 100_000; depth++) {
            nested.u32(GgufValueType.ARRAY.id()).u64(1);
        }
        assertRefused(nested, "the metadata key 'k' is an array of arrays, which is not supported");
    }

    @Test
    void unknownValueTypes() {
        assertRefused(
                GgufBytes.header(0, 1).string("k").u32(13).u64(0),
                "the metadata key 'k' has the unknown value type 13 (0 to 12 are known)");
        assertRefused(
                GgufBytes.header(0, 1).key("k", GgufValueType.ARRAY).u32(-1).u64(0), "unknown value type 4294967295");
        assertRefused(GgufBytes.header(0, 1).key("k", GgufValueType.BOOL).u8(2), "is a bool of value 2");
        assertRefused(
                GgufBytes.header(0, 1)
                        .key("k", GgufValueType.ARRAY)
                        .u32(GgufValueType.BOOL.id())
                        .u64(2)
                        .u8(1)
                        .u8(255),
                "is a bool of value 255");
    }

    @Test
    void duplicateNames() {
        assertRefused(
                GgufBytes.header(0, 2)
                        .key("k", GgufValueType.BOOL)
                        .u8(1)
                        .key("k", GgufValueType.U32)
                        .u32(1),
                "at byte 38: the metadata key 'k' occurs twice");
        assertRefused(
                GgufBytes.header(2, 0)
                        .tensor("t", 0, 0, 8)
                        .tensor("t", 0, 32, 8)
                        .data(64),
                "tensor 't' occurs twice");
        assertRefused(GgufBytes.header(0, 1).key("", GgufValueType.BOOL).u8(1), "metadata key 0 is empty");
        assertRefused(GgufBytes.header(1, 0).tensor("", 0, 0, 8).data(32), "the name of tensor 0 is empty");
    }

    @Test
    void namesThatAreNotText() {
        byte[] invalid = {'a', (byte) 0xc3, (byte) 0x28};
        assertRefused(
                GgufBytes.header(0, 1).u64(3).raw(invalid).u32(7).u8(1),
                "at byte 24: metadata key 0 is not valid UTF-8");
        assertRefused(
                GgufBytes.header(0, 1).key("k", GgufValueType.STRING).u64(3).raw(invalid),
                "the metadata key 'k' is not valid UTF-8");
        GgufBytes array = GgufBytes.header(0, 1)
                .key("k", GgufValueType.ARRAY)
                .u32(GgufValueType.STRING.id())
                .u64(1);
        assertRefused(array.u64(3).raw(invalid), "a string of the metadata key 'k' is not valid UTF-8");
        assertRefused(
                GgufBytes.header(1, 0).u64(3).raw(invalid).raw(new byte[64]),
                "the name of tensor 0 is not valid UTF-8");
    }

    @Test
    void namesThatWouldBreakTheMessage() {
        GgufBytes newline = GgufBytes.header(0, 1).string("a\nb").u32(99).u64(0);
        assertRefused(newline, "'a\\u000ab'");
        GgufBytes longName = GgufBytes.header(0, 1).string("x".repeat(100_000)).u32(99);
        assertRefused(longName.u64(0), "… (100000 characters)'");
    }

    @Test
    void tensorsOfImpossibleShape() {
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0).data(64), "tensor 't' has 0 dimensions");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 1, 1, 1, 1, 1).data(64), "tensor 't' has 5 dimensions");
        assertRefused(GgufBytes.header(1, 0).string("t").u32(-1).data(64), "tensor 't' has 4294967295 dimensions");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 0).data(64), "tensor 't' has a dimension of 0 in [0]");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 4, 0).data(64), "has a dimension of 0 in [4, 0]");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 0, 0, 1L << 63).data(64),
                "has a dimension of 9223372036854775808 in [9223372036854775808]");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 0, 0, 1L << 32, 1L << 32).data(64), "more than 2^63 bytes");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 1L << 62).data(64), "more than 2^63 bytes");
        // 2^64 bytes exactly: a product that wraps around to nothing.
        assertRefused(
                GgufBytes.header(1, 0)
                        .tensor("t", 0, 0, 1L << 20, 1L << 21, 1L << 21)
                        .data(64),
                "more than 2^63 bytes");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", GgmlType.Q8_0.id(), 0, 33).data(64),
                "tensor 't' has rows of 33 weights; Q8_0 needs a multiple of 32");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 4, 0, 32).data(64), "tensor 't' has the unknown element type 4");
        assertRefused(GgufBytes.header(1, 0).tensor("t", -1, 0, 32).data(64), "unknown element type 4294967295");
    }

    @Test
    void tensorsOutsideTheFile() {
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 0, 0, 17).data(64),
                "at byte 24: tensor 't' has 68 bytes at data offset 0, but the file has 64 bytes of data");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 64, 1).data(64), "4 bytes at data offset 64, but");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, -32, 8).data(64), "data offset 18446744073709551584, but");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 0, Long.MAX_VALUE - 31, 8).data(64),
                "data offset 9223372036854775776, but");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 1L << 60).data(64), "has 4611686018427387904 bytes at");
        assertRefused(
                GgufBytes.header(1, 0).tensor("t", 0, 8, 8).data(64), "data offset 8, not a multiple of the alignment");
        assertRefused(GgufBytes.header(1, 0).tensor("t", 0, 0, 8), "but the file has 0 bytes of data");
    }

    @Test
    void tensorsThatOverlap() {
        assertRefused(
                GgufBytes.header(2, 0)
                        .tensor("first", 0, 0, 9)
                        .tensor("second", 0, 32, 8)
                        .data(64),
                "tensors 'first' and 'second' overlap at byte 160");
        assertRefused(
                GgufBytes.header(2, 0)
                        .tensor("b", 0, 32, 8)
                        .tensor("a", 0, 32, 1)
                        .data(64),
                "tensors 'b' and 'a' overlap");
    }

    @Test
    void impossibleAlignments() {
        for (long alignment : new long[] {0, 1, 4, 12, 33, 1L << 25, 0xffff_ffffL}) {
            GgufBytes file = GgufBytes.header(0, 1)
                    .key("general.alignment", GgufValueType.U32)
                    .u32(alignment);
            assertRefused(file, "general.alignment is " + alignment + "; it must be a power of two from 8 to 16777216");
        }
        GgufBytes text = GgufBytes.header(0, 1)
                .key("general.alignment", GgufValueType.STRING)
                .string("32");
        assertRefused(text, "the metadata key 'general.alignment' is string '32'; expected a whole number");
        GgufBytes negative = GgufBytes.header(0, 1)
                .key("general.alignment", GgufValueType.U64)
                .u64(Long.MIN_VALUE);
        assertRefused(negative, "'general.alignment' is u64 9223372036854775808; expected a whole number below 2^63");
    }

    @Test
    void aHeaderLongerThanAnyModelNeeds() throws IOException {
        Path path = folder.resolve("long.gguf");
        byte[] start = GgufBytes.header(0, 2)
                .key("blob", GgufValueType.ARRAY)
                .u32(GgufValueType.U8.id())
                .u64(GgufCursor.MAX_HEADER_BYTES)
                .bytes();
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(start);
            file.setLength(start.length + GgufCursor.MAX_HEADER_BYTES + 64);
        }
        assertRefused(
                path,
                "at byte 44: the length of the metadata key 'blob' is 134217728, more than the rest of the 128 MiB"
                        + " that a header may have can hold");
    }
}
