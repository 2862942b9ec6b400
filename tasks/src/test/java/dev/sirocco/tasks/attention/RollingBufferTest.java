package dev.sirocco.tasks.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingBufferTest {
    @Test
    void hasASlotForTheWindowAndTheRestOfTheChunk() {
        assertEquals(4096 + 127, RollingBuffer.of(4096, 128, 32768).capacity());
        assertEquals(1000, RollingBuffer.of(4096, 128, 1000).capacity());
        assertEquals(32768, RollingBuffer.of(0, 128, 32768).capacity());
        assertEquals(5, RollingBuffer.of(5, 1, 100).capacity());
    }

    @Test
    void seesTheWholeContextWithoutAWindow() {
        assertEquals(32768, RollingBuffer.of(0, 128, 32768).window());
        assertEquals(100, RollingBuffer.of(4096, 8, 100).window());
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "5, 3", "1, 1", "1, 4", "4, 9", "16, 16"})
    void keepsEverythingThatAChunkSeesAndNotOneSlotLessWould(int window, int chunk) {
        RollingBuffer buffer = RollingBuffer.of(window, chunk, 1000);
        assertTrue(chunksSeeTheirWindows(window, chunk, buffer.capacity()));
        assertFalse(chunksSeeTheirWindows(window, chunk, buffer.capacity() - 1));
    }

    /** Plays the buffer with position numbers in place of keys, several times around. */
    private static boolean chunksSeeTheirWindows(int window, int chunk, int capacity) {
        if (capacity == 0) {
            return false;
        }
        int[] slots = new int[capacity];
        Arrays.fill(slots, -1);
        for (int start = 0; start < 6 * (window + chunk); start += chunk) {
            for (int p = start; p < start + chunk; p++) {
                slots[p % capacity] = p;
            }
            for (int p = start; p < start + chunk; p++) {
                for (int j = Math.max(0, p - window + 1); j <= p; j++) {
                    if (slots[j % capacity] != j) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void canGoBackWhileTheWindowIsStillThere() {
        RollingBuffer buffer = RollingBuffer.of(5, 3, 100); // 7 slots
        assertTrue(buffer.holdsWindowBefore(0, 0));
        assertTrue(buffer.holdsWindowBefore(0, 50));
        assertTrue(buffer.holdsWindowBefore(50, 50));
        assertTrue(buffer.holdsWindowBefore(47, 50)); // sees 43 …, and 43 is the oldest of 7
        assertFalse(buffer.holdsWindowBefore(46, 50));
        assertFalse(buffer.holdsWindowBefore(51, 50));
        assertFalse(buffer.holdsWindowBefore(-1, 50));
        assertTrue(buffer.holdsWindowBefore(2, 7));
        assertFalse(buffer.holdsWindowBefore(2, 8));
    }

    @Test
    void refusesTooFewSlots() {
        assertThrows(IllegalArgumentException.class, () -> new RollingBuffer(5, 3, 100, 6));
        assertThrows(IllegalArgumentException.class, () -> new RollingBuffer(0, 3, 100, 100));
        assertEquals(6, new RollingBuffer(5, 3, 6, 6).capacity());
    }

    @Test
    void refusesACacheThatAnArrayCannotHold() {
        RollingBuffer buffer = RollingBuffer.of(0, 1, 1 << 22);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> KvCache.allocate(CacheFormat.F32, 8, 128, buffer));
        assertTrue(refusal.getMessage().contains("smaller context"), refusal.getMessage());
    }
}
