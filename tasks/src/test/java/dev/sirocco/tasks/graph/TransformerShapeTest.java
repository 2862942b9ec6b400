package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sirocco.tasks.rope.RotaryPairs;
import org.junit.jupiter.api.Test;

class TransformerShapeTest {
    @Test
    void derivesDimensionsFromHeadsAndNotFromTheHiddenState() {
        // Nemo: 32 heads of 128 in a hidden state of 5120.
        TransformerShape nemo = new TransformerShape(
                5120, 40, 32, 8, 128, 14336, 131072, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 131072, 128);
        assertEquals(4096, nemo.queryDim());
        assertEquals(1024, nemo.kvDim());
        assertEquals(131072, nemo.rollingBuffer(0).capacity());
    }

    @Test
    void cacheOfAWindowIsIndependentOfTheContext() {
        TransformerShape shape = new TransformerShape(
                4096, 32, 32, 8, 128, 14336, 32000, 4096, 1e4, RotaryPairs.ADJACENT, 1e-5f, 32768, 128);
        assertEquals(4096 + 127, shape.rollingBuffer(0).capacity());
    }

    @Test
    void refusesImpossibleNumbersAndShowsThem() {
        assertRefused("heads is 0 but must be at least 1", () -> shape(64, 0, 1, 8, 0, 1e4, 32, 4));
        assertRefused("6 heads cannot share 4 key/value heads evenly", () -> shape(64, 6, 4, 8, 0, 1e4, 32, 4));
        assertRefused("headDim 7 must be even to be rotated in pairs", () -> shape(64, 6, 3, 7, 0, 1e4, 32, 4));
        assertRefused("window -1 must not be negative; 0 means no window", () -> shape(64, 6, 3, 8, -1, 1e4, 32, 4));
        assertRefused("RoPE theta NaN must be positive", () -> shape(64, 6, 3, 8, 0, Double.NaN, 32, 4));
        assertRefused("chunk 33 must not exceed the context of 32", () -> shape(64, 6, 3, 8, 0, 1e4, 32, 33));
        assertRefused(
                "chunk 65536 × 65536 elements exceeds the 2^31 − 1 that an array can index: choose a smaller chunk",
                () -> shape(65536, 6, 3, 8, 0, 1e4, 65536, 65536));
    }

    private static TransformerShape shape(
            int dim, int heads, int kvHeads, int headDim, int window, double theta, int context, int chunk) {
        return new TransformerShape(
                dim, 2, heads, kvHeads, headDim, 96, 50, window, theta, RotaryPairs.ADJACENT, 1e-5f, context, chunk);
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }
}
