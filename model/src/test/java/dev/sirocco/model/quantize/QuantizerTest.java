package dev.sirocco.model.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgmlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format, decoded by code of its own. */
final class QuantizerTest {
    private static final int BLOCKS = 200;

    static Stream<GgmlType> types() {
        return Stream.of(GgmlType.values()).filter(type -> Quantizer.of(type).isPresent());
    }

    private static byte[] quantize(GgmlType type, float[] weights, int from) {
        ByteBuffer block = ByteBuffer.allocate(type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        Quantizer.of(type).orElseThrow().quantize(weights, from, block);
        assertEquals(0, block.remaining(), "a block is written in full");
        return block.array();
    }

    private static float[] decode(GgmlType type, byte[] block) {
        float[] weights = new float[type.blockSize()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) BlockDecoder.weight(type, block, i);
        }
        return weights;
    }

    /**
     * The root of the mean squared error of normally distributed weights, relative to their standard deviation. Each
     * bound lies within a third of what is reached, and below what a scale that only fits the largest weight reaches.
     */
    @ParameterizedTest
    @CsvSource({
        "F32, 0", "F16, 0.000212", "BF16, 0.0017", "Q8_0, 0.0056", "Q4_0, 0.0825", "Q4_1, 0.077", "Q5_0, 0.043",
        "Q5_1, 0.039", "IQ4_NL, 0.078", "Q2_K, 0.29", "Q3_K, 0.157", "Q4_K, 0.074", "Q5_K, 0.037", "Q6_K, 0.0195",
        "IQ4_XS, 0.080"
    })
    void errorOfNormalWeightsIsSmall(GgmlType type, double bound) {
        SplittableRandom random = new SplittableRandom(1);
        float[] weights = new float[BLOCKS * 256];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (0.02 * random.nextGaussian());
        }
        double square = 0;
        for (int at = 0; at < weights.length; at += type.blockSize()) {
            byte[] block = quantize(type, weights, at);
            for (int i = 0; i < type.blockSize(); i++) {
                square += Math.pow(weights[at + i] - BlockDecoder.weight(type, block, i), 2);
            }
        }
        double error = Math.sqrt(square / weights.length) / 0.02;
        assertTrue(error <= bound, type + ": " + error);
        assertTrue(error >= bound / 1.35, type + ": " + error + " is so far below " + bound + " that it is doubtful");
    }

    /** Least squares alone would make them smaller by the square of the relative error: by 6 % in Q2_K. */
    @ParameterizedTest
    @CsvSource({"Q4_0", "Q5_0", "IQ4_NL", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_XS"})
    void decodedWeightsAreAsLargeAsTheWeights(GgmlType type) {
        SplittableRandom random = new SplittableRandom(4);
        double square = 0;
        double product = 0;
        for (int block = 0; block < BLOCKS; block++) {
            float[] weights = new float[type.blockSize()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian();
            }
            float[] decoded = decode(type, quantize(type, weights, 0));
            for (int i = 0; i < weights.length; i++) {
                square += weights[i] * weights[i];
                product += weights[i] * decoded[i];
            }
        }
        assertEquals(1, product / square, 1e-4, type::toString);
    }

    /**
     * A block that came out of a format goes into it again with a third of the squared error at most: its levels are
     * all that is needed, but scales of scales may be found otherwise.
     */
    @ParameterizedTest
    @MethodSource("types")
    void weightsOfABlockAreKeptNearlyExactly(GgmlType type) {
        SplittableRandom random = new SplittableRandom(2);
        for (int block = 0; block < 20; block++) {
            float[] weights = new float[type.blockSize()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian();
            }
            float[] once = decode(type, quantize(type, weights, 0));
            float[] twice = decode(type, quantize(type, once, 0));
            double lost = 0;
            double square = 0;
            for (int i = 0; i < once.length; i++) {
                lost += Math.pow(once[i] - twice[i], 2);
                square += Math.pow(once[i] - weights[i], 2);
            }
            assertTrue(lost <= 0.3 * square + 1e-12, type + ": " + lost + " of " + square);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void zeroesStayZero(GgmlType type) {
        float[] zeroes = new float[type.blockSize()];
        assertArrayEquals(zeroes, decode(type, quantize(type, zeroes, 0)));
    }

    /** One weight alone is the scale of its block; the others must not suffer. */
    @ParameterizedTest
    @MethodSource("types")
    void oneWeightAmongZeroesIsKept(GgmlType type) {
        for (float value : new float[] {1, -1, 0.3f, -250}) {
            float[] weights = new float[type.blockSize()];
            weights[weights.length / 3] = value;
            float[] decoded = decode(type, quantize(type, weights, 0));
            for (int i = 0; i < weights.length; i++) {
                assertEquals(weights[i], decoded[i], 0.012 * Math.abs(value), type + " " + value + " at " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void tinyAndHugeWeightsDoNoHarm(GgmlType type) {
        SplittableRandom random = new SplittableRandom(3);
        for (float size : new float[] {Float.MIN_VALUE, 1e-40f, 1e-12f, 1e-7f, 1e3f}) {
            float[] weights = new float[type.blockSize()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (size * random.nextGaussian());
            }
            for (float decoded : decode(type, quantize(type, weights, 0))) {
                assertTrue(Math.abs(decoded) <= 6 * size + 1e-5f, type + ": " + decoded + " for " + size);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsNotFiniteIsRefused(GgmlType type) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] weights = new float[type.blockSize()];
            weights[weights.length / 2] = bad;
            if (type.isQuantized()) {
                assertThrows(ArithmeticException.class, () -> quantize(type, weights, 0));
            } else {
                assertEquals(bad, decode(type, quantize(type, weights, 0))[0]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, 1e5", "Q8_0, 1e9", "Q4_1, 1e7", "Q4_K, 1e9", "Q6_K, 1e10", "IQ4_XS, 1e10"})
    void whatIsTooLargeForBinary16IsRefused(GgmlType type, float size) {
        float[] weights = new float[type.blockSize()];
        weights[0] = -size;
        weights[weights.length - 1] = size;
        assertThrows(ArithmeticException.class, () -> quantize(type, weights, 0));
    }
}
