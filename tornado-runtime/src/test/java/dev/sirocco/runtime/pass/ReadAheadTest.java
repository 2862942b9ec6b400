package dev.sirocco.runtime.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Verifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Which loops ask for what they are going to read. */
class ReadAheadTest {
    private static final int ROWS = 3;

    static void columns(ByteArray rows, IntArray out, int count, int columns, int step) {
        for (@Parallel int row = 0; row < count; row++) {
            int sum = 0;
            for (int c = 0; c < columns; c += step) {
                sum += rows.get(row * columns + c) + rows.get(row * columns + c + 1);
            }
            out.set(row, sum);
        }
    }

    static void lanes(FloatArray rows, FloatArray out, int count, int columns) {
        for (@Parallel int row = 0; row < count; row++) {
            float[] sums = new float[8];
            for (int c = 0; c < columns; c += 8) {
                for (int lane = 0; lane < 8; lane++) {
                    sums[lane] += rows.get(row * columns + c + lane);
                }
            }
            out.set(row, sums[0] + sums[7]);
        }
    }

    static void sharedByAll(FloatArray x, FloatArray out, int count, int columns) {
        for (@Parallel int row = 0; row < count; row++) {
            float sum = row;
            for (int c = 0; c < columns; c += 8) {
                sum += x.get(c);
            }
            out.set(row, sum);
        }
    }

    static void inPlace(FloatArray rows, FloatArray out, int count, int columns) {
        for (@Parallel int row = 0; row < count; row++) {
            for (int c = 0; c < columns; c += 8) {
                rows.set(row * columns + c, rows.get(row * columns + c) + 1);
            }
            out.set(row, 0);
        }
    }

    static void growing(FloatArray rows, FloatArray out, int count, int columns) {
        for (@Parallel int row = 0; row < count; row++) {
            float sum = 0;
            for (int c = 1; c < columns; c += c) {
                sum += rows.get(row * columns + c);
            }
            out.set(row, sum);
        }
    }

    static void twoRows(FloatArray rows, FloatArray out, int count, int columns) {
        for (@Parallel int pair = 0; pair < count / 2; pair++) {
            float sum = 0;
            for (int c = 0; c < columns; c += 8) {
                sum += rows.get(2 * pair * columns + c) * rows.get((2 * pair + 1) * columns + c + c);
            }
            out.set(pair, sum);
        }
    }

    /** {@return the bytes that hints are ahead by, in order} */
    private static List<Integer> hints(String kernel, Object... arguments) {
        Function function = FrontEnd.compile(
                Arrays.stream(ReadAheadTest.class.getDeclaredMethods())
                        .filter(m -> m.getName().equals(kernel))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
        Function hinted = Verifier.verify(ReadAhead.insert(function), "reading ahead");
        List<Integer> hints = new ArrayList<>();
        for (Block block : hinted.blocks()) {
            block.body().stream()
                    .map(i -> i.op() instanceof Op.ReadAhead ahead ? ahead.bytes() : 0)
                    .filter(bytes -> bytes > 0)
                    .forEach(hints::add);
        }
        return hints;
    }

    private static List<Integer> bytes(int step) {
        int columns = 1440;
        return hints("columns", new ByteArray(ROWS * columns + 1), new IntArray(ROWS), ROWS, columns, step);
    }

    private static List<Integer> floats(String kernel, int columns) {
        return hints(kernel, new FloatArray(2 * ROWS * columns), new FloatArray(ROWS), ROWS, columns);
    }

    @Test
    void blocksOfARowAreAskedForOnceHoweverTheyAreRead() {
        assertEquals(List.of(4096), bytes(18));
        assertEquals(List.of(4096), bytes(34));
        assertEquals(List.of(4096), bytes(68), "four bytes of the second line are not worth a hint");
    }

    @Test
    void longBlocksAreSeveralLines() {
        assertEquals(List.of(4096, 4160), bytes(84));
        assertEquals(List.of(4096, 4160, 4224), bytes(144));
        assertEquals(List.of(4096, 4160, 4224, 4288), bytes(210));
    }

    @Test
    void shortAndLongStridesAreLeftToTheProcessor() {
        assertEquals(List.of(), bytes(4));
        assertEquals(List.of(), bytes(360));
    }

    @Test
    void anInnerLoopOverLanesIsAskedForAtItsBeginning() {
        assertEquals(List.of(4096), floats("lanes", 64));
    }

    @Test
    void rowsThatAreNeighboursInOneLoopAreStreamsOfTheirOwn() {
        assertEquals(List.of(4096, 4096), floats("twoRows", 64));
    }

    @Test
    void whatAllWorkItemsReadIsInTheCacheAlready() {
        assertEquals(List.of(), floats("sharedByAll", 64));
    }

    @Test
    void whatIsWrittenIsNotAskedFor() {
        assertEquals(List.of(), floats("inPlace", 64));
    }

    @Test
    void aCounterThatGrowsByMoreAndMoreIsNoStride() {
        assertEquals(List.of(), floats("growing", 64));
    }
}
