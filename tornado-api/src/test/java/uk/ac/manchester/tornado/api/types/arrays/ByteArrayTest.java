package uk.ac.manchester.tornado.api.types.arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.HalfFloat;

class ByteArrayTest {
    @Test
    void mixesScalesAndQuantsAsAQuantisedBlockDoes() {
        // Two blocks of 34 bytes: the second scale is not aligned to 4.
        ByteArray array = new ByteArray(68);
        array.setHalfFloat(0, new HalfFloat(0.5f));
        array.set(2, (byte) -128);
        array.setHalfFloat(34, new HalfFloat(-3f));
        array.set(67, (byte) 127);
        assertEquals(0.5f, array.getHalfFloat(0).getFloat32());
        assertEquals(-3f, array.getHalfFloat(34).getFloat32());
        assertEquals(-128, array.get(2));
        assertEquals(127, array.get(67));
    }

    @Test
    void writesTheLowByteFirst() {
        ByteArray array = new ByteArray(4);
        array.setHalfFloat(2, new HalfFloat((short) 0x1234));
        assertArrayEquals(new byte[] {0, 0, 0x34, 0x12}, array.toHeapArray());
    }

    @Test
    void readsSixteenBitFloatsOfASegmentThatIsAlignedToFourBytes() {
        MemorySegment segment = new ByteArray(100).getSegment().asSlice(4, TornadoNativeArray.ARRAY_HEADER + 6);
        ByteArray array = ByteArray.fromSegmentShallow(segment);
        array.setHalfFloat(4, new HalfFloat(2f));
        assertEquals(0x4000, array.getSegment().get(ValueLayout.JAVA_SHORT_UNALIGNED, 4));
        assertEquals(2f, array.getHalfFloat(4).getFloat32());
    }

    @Test
    void refusesAnOddByteIndex() {
        ByteArray array = new ByteArray(8);
        assertThrows(IllegalArgumentException.class, () -> array.getHalfFloat(3));
        assertThrows(IllegalArgumentException.class, () -> array.setHalfFloat(5, new HalfFloat(1f)));
    }

    @Test
    void refusesASixteenBitFloatThatReachesPastTheEnd() {
        ByteArray array = new ByteArray(7);
        assertThrows(IndexOutOfBoundsException.class, () -> array.getHalfFloat(6));
        assertThrows(IndexOutOfBoundsException.class, () -> array.getHalfFloat(-2));
    }
}
