package dev.sirocco.tasks.matmul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class WeightTensorTest {
    @Test
    void takesAnArrayOfExactlyTheMatrixSize() {
        new WeightTensor("a", WeightFormat.F32, 3, 5, new FloatArray(15));
        new WeightTensor("a", WeightFormat.Q8_0, 3, 64, new ByteArray(3 * 2 * 34));
        new WeightTensor("a", WeightFormat.Q4_0, 3, 64, new ByteArray(3 * 2 * 18));
    }

    @Test
    void refusesAnArrayOfAnotherSizeAndSaysWhichTensor() {
        assertRefused(
                "tensor blk.0.attn_q.weight (3 × 5, F32) needs 60 bytes but has 64",
                () -> new WeightTensor("blk.0.attn_q.weight", WeightFormat.F32, 3, 5, new FloatArray(16)));
        assertRefused(
                "tensor a (3 × 64, Q4_0) needs 108 bytes but has 204",
                () -> new WeightTensor("a", WeightFormat.Q4_0, 3, 64, new ByteArray(204)));
    }

    @Test
    void refusesAnArrayOfAnotherType() {
        assertRefused(
                "tensor a is F16: it needs a HalfFloatArray, not a FloatArray",
                () -> new WeightTensor("a", WeightFormat.F16, 3, 5, new FloatArray(15)));
    }

    @Test
    void refusesRowsThatAreNoWholeNumberOfBlocks() {
        assertRefused(
                "Q8_0 stores blocks of 32 weights; a row of 33 is not a whole number of them",
                () -> new WeightTensor("a", WeightFormat.Q8_0, 1, 33, new ByteArray(34)));
    }

    @Test
    void refusesMoreElementsThanAnArrayCanIndex() {
        assertRefused(
                "tensor a (65536 × 65536, F32) has more elements than the 2^31 − 1 that an array can index",
                () -> new WeightTensor("a", WeightFormat.F32, 65536, 65536, new FloatArray(1)));
    }

    @Test
    void refusesAnImpossibleShape() {
        assertRefused(
                "tensor a has an impossible shape: 0 × 5",
                () -> new WeightTensor("a", WeightFormat.F32, 0, 5, new FloatArray(1)));
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }
}
