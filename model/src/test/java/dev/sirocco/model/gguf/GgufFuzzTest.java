package dev.sirocco.model.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damages a sound file in thousands of ways: each either parses to something sound or gives the one kind of error. */
@Timeout(60)
class GgufFuzzTest {
    /** What reading one damaged file of two kilobytes may allocate. */
    private static final long MAX_ALLOCATED_BYTES = 1 << 20;

    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        2,
        31,
        32,
        255,
        256,
        65535,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        1L << 32,
        1L << 61,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -32
    };

    @TempDir
    Path folder;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private byte[] sound;
    private int headerBytes;
    private int parsed;
    private int refused;

    @BeforeEach
    void writeSoundFile() throws IOException {
        Path path = folder.resolve("sound.gguf");
        new GgufWriter()
                .put("general.architecture", GgufValue.of("llama"))
                .put("general.alignment", GgufValue.u32(32))
                .put("llama.context_length", new GgufValue.Int(GgufValueType.U64, 32768))
                .put("llama.rope.freq_base", GgufValue.f32(1e4f))
                .put("tokenizer.ggml.add_bos_token", GgufValue.of(true))
                .put("tokenizer.ggml.tokens", GgufValue.strings(List.of("<unk>", "▁the", "é", "\ufffd", "")))
                .put("tokenizer.ggml.scores", GgufValue.f32s(0, -1, -2, -3, -4))
                .put("tokenizer.ggml.token_type", GgufValue.i32s(2, 1, 1, 1, 1))
                .tensor("token_embd.weight", GgmlType.Q8_0, new long[] {32, 5}, TensorSource.of(new byte[170]))
                .tensor("blk.0.attn_norm.weight", GgmlType.F32, new long[] {32}, TensorSource.of(new float[32]))
                .tensor("blk.0.ffn_up_exps.weight", GgmlType.F16, new long[] {4, 3, 2}, TensorSource.of(new byte[48]))
                .write(path);
        sound = Files.readAllBytes(path);
        try (GgufFile file = GgufFile.open(path)) {
            headerBytes = (int) file.dataOffset();
        }
    }

    private void check(byte[] bytes, String damage) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            GgufParser.Header header = GgufParser.parse(GgufBytes.FILE, MemorySegment.ofArray(bytes));
            assertSound(header, bytes.length, damage);
            parsed++;
        } catch (GgufException e) {
            String message = e.getMessage();
            assertTrue(message.startsWith(GgufBytes.FILE + ": "), damage + " gave " + message);
            assertFalse(message.lines().count() > 1 || message.length() > 1000, damage + " gave " + message);
            refused++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(damage, e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MAX_ALLOCATED_BYTES, damage + " allocated " + allocated + " bytes");
    }

    private static void assertSound(GgufParser.Header header, long fileBytes, String damage) {
        for (GgufTensor tensor : header.tensors()) {
            assertTrue(tensor.offset() >= header.dataOffset(), damage);
            assertTrue(tensor.sizeBytes() > 0 && tensor.sizeBytes() <= fileBytes - tensor.offset(), damage);
            assertEquals(0, tensor.offset() % header.alignment(), damage);
            for (GgufTensor other : header.tensors()) {
                assertTrue(
                        other == tensor
                                || other.offset() >= tensor.offset() + tensor.sizeBytes()
                                || tensor.offset() >= other.offset() + other.sizeBytes(),
                        damage);
            }
        }
        for (String key : header.metadata().keys()) {
            GgufValue value = header.metadata().get(key);
            assertFalse(value.toString().length() > fileBytes, damage);
            if (value instanceof GgufValue.Packed packed) {
                for (int i = 0; i < packed.size(); i++) {
                    assertEquals(packed.elementType(), packed.get(i).type(), damage);
                }
            }
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < sound.length - 32; length++) {
            check(Arrays.copyOf(sound, length), "truncation to " + length);
        }
        assertEquals(0, parsed);
    }

    @Test
    void everyBitOfTheHeaderMayFlip() {
        for (int bit = 0; bit < headerBytes * 8; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            check(damaged, "flip of bit " + bit);
        }
        assertTrue(parsed > 100 && refused > 1000, parsed + " parsed, " + refused + " refused");
    }

    @Test
    void everyWordOfTheHeaderMayBeExtreme() {
        for (int at = 0; at < headerBytes - 8; at++) {
            for (long extreme : EXTREMES) {
                byte[] damaged = sound.clone();
                ByteBuffer words = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
                check(words.putLong(at, extreme).array(), "64-bit " + extreme + " at " + at);
                damaged = sound.clone();
                words = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
                check(words.putInt(at, (int) extreme).array(), "32-bit " + (int) extreme + " at " + at);
            }
        }
    }

    @Test
    void piecesMayBeRemovedRepeatedAndScrambled() {
        Random random = new Random(20230927);
        for (int i = 0; i < 20_000; i++) {
            int from = random.nextInt(headerBytes);
            int length = 1 + random.nextInt(64);
            String damage = "case " + i + ": " + length + " bytes at " + from;
            byte[] tail = Arrays.copyOfRange(sound, Math.min(from + length, sound.length), sound.length);
            byte[] head = Arrays.copyOf(sound, from);
            byte[] piece = Arrays.copyOfRange(sound, from, from + length);
            switch (i % 4) {
                case 0 -> check(join(head, tail), damage + " removed");
                case 1 -> check(join(head, piece, piece, tail), damage + " repeated");
                case 2 -> {
                    random.nextBytes(piece);
                    check(join(head, piece, tail), damage + " replaced");
                }
                case 3 -> {
                    byte[] damaged = sound.clone();
                    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                        damaged[random.nextInt(headerBytes)] ^= (byte) (1 << random.nextInt(8));
                    }
                    check(damaged, damage + " with flips");
                }
                default -> throw new AssertionError(i);
            }
        }
    }

    private static byte[] join(byte[]... pieces) {
        GgufBytes joined = new GgufBytes();
        for (byte[] piece : pieces) {
            joined.raw(piece);
        }
        return joined.bytes();
    }

    @Test
    void damagedFilesOnDiskReleaseTheirMappings() throws IOException {
        Random random = new Random(11);
        Path path = folder.resolve("damaged.gguf");
        for (int i = 0; i < 300; i++) {
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length));
            Files.write(path, damaged);
            if (damaged.length < sound.length - 32) {
                String message = assertThrows(GgufException.class, () -> GgufFile.open(path))
                        .getMessage();
                assertTrue(message.startsWith(path + ": "), message);
            }
        }
        if (Files.exists(Path.of("/proc/self/maps"))) {
            String maps = Files.readString(Path.of("/proc/self/maps"));
            assertFalse(maps.contains("damaged.gguf"), maps);
        }
    }
}
