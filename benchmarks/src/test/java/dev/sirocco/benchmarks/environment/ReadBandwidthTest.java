package dev.sirocco.benchmarks.environment;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ReadBandwidthTest {
    @Test
    void readsWithSeveralThreads() {
        try (ReadBandwidth bandwidth = new ReadBandwidth(3, 32 << 20)) {
            assertTrue(bandwidth.measure(5) > 0.1);
        }
    }

    @Test
    void refusesPartsWithoutAPage() {
        assertThrows(IllegalArgumentException.class, () -> new ReadBandwidth(4, 4096));
    }
}
