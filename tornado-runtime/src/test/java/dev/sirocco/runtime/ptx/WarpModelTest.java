package dev.sirocco.runtime.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model of a warp's instructions, against the formulas in which PTX ISA publishes where a work-item's elements are
 * ("Matrix fragments for mma.m16n8k16 with floating point type", and the figure of {@code ldmatrix}). They are written
 * here as they stand there, from work-item and element to row and column; the model goes the other way.
 */
class WarpModelTest {
    private static final int WARP = 32;

    private static int rowOfA(int lane, int i) {
        int groupId = lane >> 2;
        return 0 <= i && i < 2 || 4 <= i && i < 6 ? groupId : groupId + 8;
    }

    private static int columnOfA(int lane, int i) {
        int threadInGroup = lane % 4;
        return i < 4 ? threadInGroup * 2 + (i & 1) : threadInGroup * 2 + (i & 1) + 8;
    }

    private static int rowOfB(int lane, int i) {
        int threadInGroup = lane % 4;
        return i < 2 ? threadInGroup * 2 + (i & 1) : threadInGroup * 2 + (i & 1) + 8;
    }

    private static int columnOfB(int lane) {
        return lane >> 2;
    }

    private static int rowOfC(int lane, int i) {
        int groupId = lane >> 2;
        return i < 2 ? groupId : groupId + 8;
    }

    private static int columnOfC(int lane, int i) {
        return lane % 4 * 2 + (i & 1);
    }

    @Test
    void multipliesElementsThatAreWhereTheManualSays() {
        Random random = new Random(5);
        float[][] a = new float[16][16];
        float[][] b = new float[16][8];
        float[][] c = new float[16][8];
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 16; column++) {
                a[row][column] = random.nextInt(-20, 20);
                b[row][column / 2] = random.nextInt(-20, 20);
                c[row][column / 2] = random.nextInt(-20, 20);
            }
        }
        long[][] left = new long[4][WARP];
        long[][] right = new long[2][WARP];
        long[][] sums = new long[4][WARP];
        for (int lane = 0; lane < WARP; lane++) {
            for (int i = 0; i < 8; i++) {
                left[i / 2][lane] |= half(a[rowOfA(lane, i)][columnOfA(lane, i)], i);
            }
            for (int i = 0; i < 4; i++) {
                right[i / 2][lane] |= half(b[rowOfB(lane, i)][columnOfB(lane)], i);
                sums[i][lane] = Float.floatToRawIntBits(c[rowOfC(lane, i)][columnOfC(lane, i)]);
            }
        }
        WarpModel.multiply(left, right, sums, sums);
        for (int lane = 0; lane < WARP; lane++) {
            for (int i = 0; i < 4; i++) {
                int row = rowOfC(lane, i);
                int column = columnOfC(lane, i);
                float expected = c[row][column];
                for (int k = 0; k < 16; k++) {
                    expected += a[row][k] * b[k][column];
                }
                assertEquals(expected, Float.intBitsToFloat((int) sums[i][lane]), lane + ", " + i);
            }
        }
    }

    /** Element i of a register belongs into its lower half when it is even. */
    private static long half(float value, int i) {
        return (Float.floatToFloat16(value) & 0xFFFFL) << 16 * (i % 2);
    }

    /** A work-item gets two neighbours of row lane / 4, or of column lane / 4 where the matrix is turned round. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadsNeighboursOfARowOrOfAColumn(boolean transposed) {
        short[][] rows = new short[8][8];
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                rows[row][column] = (short) (16 * row + column);
            }
        }
        for (int lane = 0; lane < WARP; lane++) {
            int first = lane % 4 * 2;
            int expected = transposed
                    ? 16 * first + lane / 4 | 16 * (first + 1) + lane / 4 << 16
                    : 16 * (lane / 4) + first | 16 * (lane / 4) + first + 1 << 16;
            assertEquals(expected, WarpModel.matrix(rows, lane, transposed), "work-item " + lane);
        }
    }
}
