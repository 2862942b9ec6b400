package dev.sirocco.tasks.attention;

import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class CacheStoreTest {
    private static final int CAPACITY = 5;
    private static final byte UNTOUCHED = 77;

    @Parameter
    KernelRunner runner;

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(CacheFormat.F16, 1, 2),
                Arguments.of(CacheFormat.F16, 3, 34), // the second block of a head has two elements
                Arguments.of(CacheFormat.Q8_0, 1, 32),
                Arguments.of(CacheFormat.Q8_0, 2, 96));
    }

    /** What binary16 and blocks of eight bits are, another test knows; here blocks of rows are what whole rows are. */
    @ParameterizedTest
    @MethodSource("shapes")
    void packsAsRowsAreStored(CacheFormat format, int kvHeads, int headDim) {
        int batch = 4;
        int position = 8; // the chunk goes around the cache's end
        int tokens = 3;
        FloatArray k = gaussian(batch * kvHeads * headDim, 1);
        FloatArray v = gaussian(batch * kvHeads * headDim, 2);
        int bytes = Math.toIntExact(format.sizeBytes((long) kvHeads * CAPACITY, headDim));
        ByteArray keys = untouched(bytes);
        ByteArray values = untouched(bytes);
        runner.run(KernelCall.of(
                CacheStore::packRows,
                k,
                v,
                keys,
                values,
                step(position, tokens, 0),
                format.code(),
                batch,
                kvHeads * CacheStore.blocks(headDim),
                kvHeads,
                headDim,
                CAPACITY));
        ByteArray expectedKeys = untouched(bytes);
        ByteArray expectedValues = untouched(bytes);
        for (int t = 0; t < tokens; t++) {
            for (int head = 0; head < kvHeads; head++) {
                int row = head * CAPACITY + (position + t) % CAPACITY;
                int from = (t * kvHeads + head) * headDim;
                CacheRows.store(format.code(), k, from, new FloatArray(1), expectedKeys, row, headDim);
                CacheRows.store(format.code(), v, from, new FloatArray(1), expectedValues, row, headDim);
            }
        }
        for (int i = 0; i < bytes; i++) {
            assertEquals(expectedKeys.get(i), keys.get(i), "byte " + i + " of the keys");
            assertEquals(expectedValues.get(i), values.get(i), "byte " + i + " of the values");
        }
    }

    private static ByteArray untouched(int bytes) {
        ByteArray array = new ByteArray(bytes);
        array.init(UNTOUCHED);
        return array;
    }
}
