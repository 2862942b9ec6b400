package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * A work-item's view of itself and of its work-group. A kernel takes it as a parameter and is launched with a {@link
 * WorkerGrid}; the object passed to {@link TaskGraph#task} only marks the place.
 *
 * <p>Run as plain Java, a kernel with a public context is work-item 0 of a grid of unknown size: barriers do nothing,
 * local arrays are its own and atomics are plain additions.
 */
public class KernelContext {
    /** The index of the work-item in the whole grid. */
    public final Integer globalIdx;

    public final Integer globalIdy;
    public final Integer globalIdz;

    /** The index of the work-group. */
    public final Integer groupIdx;

    public final Integer groupIdy;
    public final Integer groupIdz;

    /** The index of the work-item in its work-group. */
    public final Integer localIdx;

    public final Integer localIdy;
    public final Integer localIdz;

    /** Work-items of the whole grid. */
    public final Integer globalGroupSizeX;

    public final Integer globalGroupSizeY;
    public final Integer globalGroupSizeZ;

    /** Work-items of one work-group. */
    public final Integer localGroupSizeX;

    public final Integer localGroupSizeY;
    public final Integer localGroupSizeZ;

    private static final int[] UNKNOWN = {0, 0, 0};

    public KernelContext() {
        this(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    /**
     * For runtimes that run a kernel's own Java. All arrays are (x, y, z) and are read here only.
     *
     * @param globalId   index in the whole grid
     * @param groupId    index of the work-group
     * @param localId    index in the work-group
     * @param globalSize work-items of the grid
     * @param localSize  work-items of a work-group
     */
    protected KernelContext(int[] globalId, int[] groupId, int[] localId, int[] globalSize, int[] localSize) {
        this.globalIdx = globalId[0];
        this.globalIdy = globalId[1];
        this.globalIdz = globalId[2];
        this.groupIdx = groupId[0];
        this.groupIdy = groupId[1];
        this.groupIdz = groupId[2];
        this.localIdx = localId[0];
        this.localIdy = localId[1];
        this.localIdz = localId[2];
        this.globalGroupSizeX = globalSize[0];
        this.globalGroupSizeY = globalSize[1];
        this.globalGroupSizeZ = globalSize[2];
        this.localGroupSizeX = localSize[0];
        this.localGroupSizeY = localSize[1];
        this.localGroupSizeZ = localSize[2];
    }

    /** Waits for all work-items of the group; what they wrote to local and global memory is visible after it. */
    public void localBarrier() {}

    /** Waits for all work-items of the group, with their writes to global memory. It does not join groups. */
    public void globalBarrier() {}

    /** {@return an array that the work-group shares, undefined until written; its size is a constant of the kernel} */
    public int[] allocateIntLocalArray(int size) {
        return new int[size];
    }

    public byte[] allocateByteLocalArray(int size) {
        return new byte[size];
    }

    public HalfFloat[] allocateHalfFloatLocalArray(int size) {
        return new HalfFloat[size];
    }

    public long[] allocateLongLocalArray(int size) {
        return new long[size];
    }

    public float[] allocateFloatLocalArray(int size) {
        return new float[size];
    }

    public double[] allocateDoubleLocalArray(int size) {
        return new double[size];
    }

    /** Adds in one step that no other work-item sees half of. */
    public void atomicAdd(IntArray array, int index, int val) {
        array.set(index, array.get(index) + val);
    }

    public void atomicAdd(int[] array, int index, int val) {
        array[index] += val;
    }

    public void atomicAdd(LongArray array, int index, long val) {
        array.set(index, array.get(index) + val);
    }

    /**
     * {@return a warp's 16 × 8 sums, each {@code v}, before anything is added to them}
     *
     * <p>This and the methods below are of a warp: 32 work-items that follow each other along x, from a multiple of 32
     * on. All of them must call it together, with the same arguments but for {@code v}. What it returns is a handle of
     * a tile, of which each work-item has a part; it is for these methods only.
     */
    public float[] mmaFragment(float v) {
        return new float[] {v, v, v, v};
    }

    /** {@return the tile at the beginning of a local array} See {@link #mmaLoadA(int[], int, int)}. */
    public HalfFloat[] mmaLoadA(int[] aTile, int wmmaK) {
        return mmaLoadA(aTile, wmmaK, 0);
    }

    /**
     * {@return a left tile of 16 × 16 halves}
     *
     * @param aTile      a local array with two halves in each int, the first in its lower bits: 16 rows of 32 bytes
     * @param wmmaK      columns of the tile: the literal 16
     * @param byteOffset where in the array the tile begins, a multiple of 16
     */
    public HalfFloat[] mmaLoadA(int[] aTile, int wmmaK, int byteOffset) {
        return WarpTiles.left(aTile, wmmaK, byteOffset);
    }

    /** {@return the tile at the beginning of a local array} See {@link #mmaLoadB(int[], int, int)}. */
    public HalfFloat[] mmaLoadB(int[] bTile, int wmmaK) {
        return mmaLoadB(bTile, wmmaK, 0);
    }

    /**
     * {@return a right tile of 16 × 8 halves}
     *
     * @param bTile      a local array with two halves in each int, the first in its lower bits: 16 rows of 16 bytes
     * @param wmmaK      rows of the tile: the literal 16
     * @param byteOffset where in the array the tile begins, a multiple of 16
     */
    public HalfFloat[] mmaLoadB(int[] bTile, int wmmaK, int byteOffset) {
        return WarpTiles.right(bTile, wmmaK, byteOffset);
    }

    /**
     * {@return {@code fragA · fragB + fragC}, products and sums in single precision}
     *
     * @param mmaShape the constant M16N8K16
     */
    public float[] mma(HalfFloat[] fragA, HalfFloat[] fragB, float[] fragC, MMAShape mmaShape) {
        return WarpTiles.multiplyAdd(fragA, fragB, fragC, mmaShape, localIdx);
    }

    /**
     * Writes 16 × 8 sums to a matrix in device memory.
     *
     * @param c       the matrix, row by row
     * @param tileRow row of the first sum
     * @param tileCol column of the first sum
     * @param dimN    elements of a row of the matrix
     */
    public void mmaStore(float[] fragD, FloatArray c, int tileRow, int tileCol, int dimN) {
        WarpTiles.store(fragD, c, tileRow, tileCol, dimN, localIdx);
    }
}
