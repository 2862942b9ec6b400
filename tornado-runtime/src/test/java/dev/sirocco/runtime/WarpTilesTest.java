package dev.sirocco.runtime;

import static dev.sirocco.runtime.CardDeviceTest.card;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Products of warps. All numbers are whole and small, so that each device must give the same to the bit, and say where
 * they were: an element in another place is another number.
 */
@ParameterizedClass
@MethodSource("devices")
class WarpTilesTest {
    private static final int ROWS = 16;
    private static final int DEPTH = 16;
    private static final int COLUMNS = 8;
    private static final int WARP = 32;

    /** Ints of a left and of a right tile. */
    private static final int LEFT = ROWS * DEPTH / 2;

    private static final int RIGHT = DEPTH * COLUMNS / 2;

    @Parameter
    String device;

    /** The virtual card where that is asked for; the card is one, or makes its PTX. */
    static Stream<String> devices() {
        return System.getProperty("sirocco.test.hosted", "").equals("false")
                ? Stream.of(card())
                : Stream.of("reference", "hosted:ptx");
    }

    /**
     * Warp w multiplies left tile w + step by right tile step, for each step, and writes below the rows of the warps
     * before it. Between the tiles in local memory are gaps.
     */
    static void multiply(
            KernelContext context, IntArray left, IntArray right, FloatArray out, int steps, int column, int stride) {
        int[] leftTiles = context.allocateIntLocalArray(8 * (LEFT + 4));
        int[] rightTiles = context.allocateIntLocalArray(8 * (RIGHT + 8));
        for (int i = context.localIdx; i < left.getSize(); i += context.localGroupSizeX) {
            leftTiles[i / LEFT * (LEFT + 4) + i % LEFT] = left.get(i);
        }
        for (int i = context.localIdx; i < right.getSize(); i += context.localGroupSizeX) {
            rightTiles[i / RIGHT * (RIGHT + 8) + i % RIGHT] = right.get(i);
        }
        context.localBarrier();
        int warp = context.localIdx / WARP;
        float[] sums = context.mmaFragment(0.5f);
        for (int step = 0; step < steps; step++) {
            HalfFloat[] a = context.mmaLoadA(leftTiles, DEPTH, (warp + step) * 4 * (LEFT + 4));
            HalfFloat[] b = context.mmaLoadB(rightTiles, DEPTH, step * 4 * (RIGHT + 8));
            sums = context.mma(a, b, sums, MMAShape.M16N8K16);
        }
        context.mmaStore(sums, out, warp * ROWS, column, stride);
    }

    /** With the methods that have no offset. */
    static void multiplyOne(KernelContext context, HalfFloatArray left, HalfFloatArray right, FloatArray out) {
        int[] a = context.allocateIntLocalArray(LEFT);
        int[] b = context.allocateIntLocalArray(RIGHT);
        for (int i = context.localIdx; i < LEFT; i += WARP) {
            a[i] = left.get(2 * i).getHalfFloatValue() & 0xFFFF
                    | left.get(2 * i + 1).getHalfFloatValue() << 16;
        }
        for (int i = context.localIdx; i < RIGHT; i += WARP) {
            b[i] = right.get(2 * i).getHalfFloatValue() & 0xFFFF
                    | right.get(2 * i + 1).getHalfFloatValue() << 16;
        }
        context.localBarrier();
        float[] sums = context.mmaFragment(0f);
        sums = context.mma(context.mmaLoadA(a, DEPTH), context.mmaLoadB(b, DEPTH), sums, MMAShape.M16N8K16);
        context.mmaStore(sums, out, 0, 0, COLUMNS);
    }

    /** The right matrix picks a column of the left one: what comes out says where each element of the left was. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8})
    void takesEveryElementOfTheLeftTileFromItsPlace(int shift) throws TornadoExecutionPlanException {
        float[] left = numbered(ROWS * DEPTH);
        float[] right = new float[DEPTH * COLUMNS];
        for (int n = 0; n < COLUMNS; n++) {
            right[(n + shift) * COLUMNS + n] = 1;
        }
        FloatArray out = run(left, right, 1, 1, 0, COLUMNS);
        for (int row = 0; row < ROWS; row++) {
            for (int n = 0; n < COLUMNS; n++) {
                assertEquals(0.5f + left[row * DEPTH + n + shift], out.get(row * COLUMNS + n), row + ", " + n);
            }
        }
    }

    @Test
    void takesEveryElementOfTheRightTileFromItsPlace() throws TornadoExecutionPlanException {
        float[] left = new float[ROWS * DEPTH];
        for (int row = 0; row < ROWS; row++) {
            left[row * DEPTH + row] = 1;
        }
        float[] right = numbered(DEPTH * COLUMNS);
        FloatArray out = run(left, right, 1, 1, 0, COLUMNS);
        for (int i = 0; i < DEPTH * COLUMNS; i++) {
            assertEquals(0.5f + right[i], out.get(i), "element " + i);
        }
    }

    /** Four warps with tiles of their own, sums that a loop carries, and a matrix that is wider than the tiles. */
    @Test
    void addsProductsOfSeveralTilesForEachWarp() throws TornadoExecutionPlanException {
        int warps = 4;
        int steps = 3;
        int column = 5;
        int stride = 19;
        Random random = new Random(4);
        float[] left = whole(random, (warps + steps - 1) * ROWS * DEPTH);
        float[] right = whole(random, steps * DEPTH * COLUMNS);
        FloatArray out = run(left, right, warps, steps, column, stride);
        for (int row = 0; row < warps * ROWS; row++) {
            for (int n = 0; n < stride; n++) {
                float expected = -1; // as it was
                if (n >= column && n < column + COLUMNS) {
                    expected = 0.5f;
                    for (int k = 0; k < steps * DEPTH; k++) {
                        expected +=
                                left[(row + k / DEPTH * ROWS) * DEPTH + k % DEPTH] * right[k * COLUMNS + n - column];
                    }
                }
                assertEquals(expected, out.get(row * stride + n), row + ", " + n);
            }
        }
    }

    @Test
    void takesHalvesAsTheirBits() throws TornadoExecutionPlanException {
        HalfFloatArray left = new HalfFloatArray(ROWS * DEPTH);
        HalfFloatArray right = new HalfFloatArray(DEPTH * COLUMNS);
        for (int i = 0; i < left.getSize(); i++) {
            left.set(i, new HalfFloat(i % 7 - 3.5f));
        }
        for (int i = 0; i < right.getSize(); i++) {
            right.set(i, new HalfFloat(i % 5 * 0.25f - 0.5f));
        }
        FloatArray out = new FloatArray(ROWS * COLUMNS);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, left, right)
                .task("t", WarpTilesTest::multiplyOne, new KernelContext(), left, right, out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        execute(graph, WARP);
        for (int row = 0; row < ROWS; row++) {
            for (int n = 0; n < COLUMNS; n++) {
                float expected = 0;
                for (int k = 0; k < DEPTH; k++) {
                    expected += left.get(row * DEPTH + k).getFloat32()
                            * right.get(k * COLUMNS + n).getFloat32();
                }
                assertEquals(expected, out.get(row * COLUMNS + n), row + ", " + n);
            }
        }
    }

    @Test
    void groupsThatAreNoWholeWarpsAreRefused() {
        String message = assertThrows(
                        RuntimeException.class,
                        () -> run(numbered(ROWS * DEPTH), numbered(DEPTH * COLUMNS), 48, 1, 1, 0, COLUMNS))
                .getMessage();
        // The reference device knows no warps; the half of one too many writes its sums behind the matrix.
        String reason = device.equals("reference") ? "Out of bound access" : "a multiple of 32 as local work";
        assertTrue(message.contains(reason), message);
    }

    private static float[] numbered(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i + 1;
        }
        return numbers;
    }

    private static float[] whole(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(-9, 10);
        }
        return numbers;
    }

    private static IntArray packed(float[] numbers) {
        IntArray words = new IntArray(numbers.length / 2);
        for (int i = 0; i < words.getSize(); i++) {
            words.set(
                    i, Float.floatToFloat16(numbers[2 * i]) & 0xFFFF | Float.floatToFloat16(numbers[2 * i + 1]) << 16);
        }
        return words;
    }

    private FloatArray run(float[] left, float[] right, int warps, int steps, int column, int stride)
            throws TornadoExecutionPlanException {
        return run(left, right, warps * WARP, warps, steps, column, stride);
    }

    private FloatArray run(float[] left, float[] right, int items, int warps, int steps, int column, int stride)
            throws TornadoExecutionPlanException {
        IntArray a = packed(left);
        IntArray b = packed(right);
        FloatArray out = new FloatArray(warps * ROWS * stride);
        out.init(-1);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b, out)
                .task("t", WarpTilesTest::multiply, new KernelContext(), a, b, out, steps, column, stride)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        execute(graph, items);
        return out;
    }

    private void execute(TaskGraph graph, int items) throws TornadoExecutionPlanException {
        WorkerGrid grid = new WorkerGrid1D(items);
        grid.setLocalWork(items, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(Devices.installed().find(device))
                    .withGridScheduler(new GridScheduler("g.t", grid))
                    .execute();
        }
    }
}
