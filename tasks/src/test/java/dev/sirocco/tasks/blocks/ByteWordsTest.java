package dev.sirocco.tasks.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ByteWordsTest {
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static void readAll(ByteArray in, IntArray out, int first, int stride, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            out.set(i, ByteWords.get(in, first + stride * i));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.tasks.KernelRunner#all")
    void wordsBeginAtAnyByte(KernelRunner runner) {
        ByteArray in = new ByteArray(1000);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < in.getSize(); i++) {
            in.set(i, (byte) random.nextInt());
        }
        for (int stride : new int[] {1, 4}) {
            IntArray out = new IntArray(200);
            runner.run(KernelCall.of(ByteWordsTest::readAll, in, out, stride - 1, stride, 200));
            for (int i = 0; i < 200; i++) {
                assertEquals(in.getSegment().get(WORD, stride - 1 + stride * i), out.get(i), "word " + i);
            }
        }
    }
}
