package uk.ac.manchester.tornado.api.types.arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

class ZeroedMemoryTest {
    @Test
    void isZeroAndAlignedOnBothSidesOfTheLargeLimit() {
        for (long sizeBytes : new long[] {0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 13, 5 << 20}) {
            MemorySegment segment = ZeroedMemory.allocate(sizeBytes, 64);
            assertEquals(sizeBytes, segment.byteSize());
            assertEquals(0, segment.address() % 64);
            assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) sizeBytes])));
        }
    }

    @Test
    void isZeroAgainWhenMemoryIsUsedTwice() {
        for (int round = 0; round < 300; round++) {
            MemorySegment segment = ZeroedMemory.allocate(32 << 20, 64);
            assertEquals(0, segment.get(ValueLayout.JAVA_LONG, 0));
            assertEquals(0, segment.get(ValueLayout.JAVA_LONG, 20 << 20));
            segment.set(ValueLayout.JAVA_LONG, 0, -1);
            segment.set(ValueLayout.JAVA_LONG, 20 << 20, -1);
        }
    }

    @Test
    void saysHowMuchCannotBeAllocated() {
        long sizeBytes = 1L << 62;
        TornadoOutOfMemoryException error =
                assertThrows(TornadoOutOfMemoryException.class, () -> ZeroedMemory.allocate(sizeBytes, 64));
        assertTrue(error.getMessage().contains(Long.toString(sizeBytes + 64)), error.getMessage());
    }
}
