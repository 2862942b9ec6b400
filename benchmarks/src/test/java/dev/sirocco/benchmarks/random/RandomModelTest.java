package dev.sirocco.benchmarks.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.testing.BlockReference;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RandomModelTest {
    private static final ModelShape ODD = ModelShape.presets().get("odd");
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 32;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void dependsOnSeedButNotOnThreads(WeightFormat format) throws IOException {
        // A matrix of several pieces, the last one short.
        ModelShape shape = rowsAreWholeBlocks(format, ODD)
                ? new ModelShape(96, 1, 14336, 3, 1, 64, 347, 512, 1e4f, 0)
                : new ModelShape(256, 1, 14336, 4, 1, 64, 347, 512, 1e4f, 0);
        byte[] one = written(new RandomModel(shape, ModelType.of(format), 7, false), 1);
        assertArrayEquals(one, written(new RandomModel(shape, ModelType.of(format), 7, false), 5));
        byte[] other = written(new RandomModel(shape, ModelType.of(format), 8, false), 5);
        assertEquals(one.length, other.length);
        assertFalse(Arrays.equals(one, other));
    }

    private static boolean rowsAreWholeBlocks(WeightFormat format, ModelShape shape) {
        return shape.dim() % format.blockSize() == 0;
    }

    private byte[] written(RandomModel model, int threads) throws IOException {
        Path file = folder.resolve("m.gguf");
        model.write(file, threads);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @EnumSource
    void drawsWeightsAroundZeroThatKeepTheSizeOfAVector(WeightFormat format) {
        ModelShape shape =
                rowsAreWholeBlocks(format, ODD) ? ODD : new ModelShape(256, 3, 768, 4, 1, 64, 347, 512, 1e4f, 5);
        int dim = shape.dim();
        int ffn = shape.ffn();
        try (GgufFile file = open(new RandomModel(shape, ModelType.of(format), 1, false))) {
            float[] weights = decode(file, file.tensor("blk.2.ffn_up.weight"));
            assertEquals(dim * ffn, weights.length);
            assertEquals(0, mean(weights), 0.003);
            assertEquals(1 / Math.sqrt(dim), deviation(weights), 0.003);
            // As close relatively as the matrix above: one scale for 256 weights is a third as many draws.
            double spread = rowsAreWholeBlocks(format, ODD) ? 0.02 : 0.003 * Math.sqrt(dim);
            assertEquals(1, deviation(decode(file, file.tensor("token_embd.weight"))), spread);
            assertEquals(
                    1 / Math.sqrt(ffn * 2 * 3), deviation(decode(file, file.tensor("blk.0.ffn_down.weight"))), 0.003);
            assertEquals(1, mean(decode(file, file.tensor("output_norm.weight"))), 0.05);
        }
    }

    @Test
    void neverDrawsWhatAQuantiserNeverGives() {
        ModelShape shape = ModelShape.presets().get("small");
        try (GgufFile file = open(new RandomModel(shape, ModelType.of(WeightFormat.Q8_0), 3, false))) {
            MemorySegment bytes = file.view(file.tensor("output.weight"));
            long most = 0;
            for (long block = 0; block < bytes.byteSize(); block += 2 + BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    byte weight = bytes.get(ValueLayout.JAVA_BYTE, block + 2 + i);
                    assertNotEquals(Byte.MIN_VALUE, weight);
                    most += weight == Byte.MAX_VALUE ? 1 : 0;
                }
            }
            assertTrue(most > 0, "127 was not drawn either");
        }
    }

    @Test
    void namesKeysAndTensorsOfTheShape() {
        try (GgufFile file = open(new RandomModel(ODD, ModelType.of(WeightFormat.F16), 1, false))) {
            assertEquals("llama", file.metadata().getString("general.architecture"));
            assertEquals(64, file.metadata().getInt("llama.attention.key_length"));
            assertEquals(5, file.metadata().getInt("llama.attention.sliding_window"));
            assertEquals(List.of(96L, 192L), file.tensor("blk.0.attn_q.weight").dims());
            assertEquals(List.of(96L, 64L), file.tensor("blk.0.attn_k.weight").dims());
            assertEquals(
                    List.of(192L, 96L), file.tensor("blk.2.attn_output.weight").dims());
            assertEquals(List.of(96L, 347L), file.tensor("output.weight").dims());
            assertEquals(3 + 3 * 9, file.tensors().size());
        }
        try (GgufFile file = open(new RandomModel(ODD, ModelType.of(WeightFormat.F16), 1, true))) {
            assertTrue(file.find("output.weight").isEmpty());
        }
    }

    @Test
    void refusesAShapeThatBlocksDoNotFit() {
        ModelShape shape = new ModelShape(80, 1, 64, 2, 1, 16, 400, 64, 1e4f, 0);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new RandomModel(shape, ModelType.of(WeightFormat.Q4_0), 1, false)
                        .write(folder.resolve("m.gguf"), 1));
        assertTrue(refusal.getMessage().contains("multiple of 32"), refusal.getMessage());
        assertFalse(Files.exists(folder.resolve("m.gguf")));
    }

    private GgufFile open(RandomModel model) {
        Path path = folder.resolve("m.gguf");
        model.write(path, 2);
        return GgufFile.open(path);
    }

    private static float[] decode(GgufFile file, GgufTensor tensor) {
        MemorySegment bytes = file.view(tensor);
        GgmlType type = tensor.type();
        float[] weights = new float[(int) tensor.elementCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = switch (type) {
                case F32 -> bytes.get(FLOAT, 4L * i);
                case F16 -> Float.float16ToFloat(bytes.get(SHORT, 2L * i));
                case BF16 -> Float.intBitsToFloat(bytes.get(SHORT, 2L * i) << 16);
                default -> {
                    long at = (long) (i / type.blockSize()) * type.blockBytes();
                    byte[] block = bytes.asSlice(at, type.blockBytes()).toArray(ValueLayout.JAVA_BYTE);
                    yield (float) BlockReference.weight(type.name(), block, i % type.blockSize());
                }
            };
        }
        return weights;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
